package dev.rollcall.http.pipeline;

import dev.rollcall.http.Call.HeaderPolicy;
import dev.rollcall.http.ResponseHeaders;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.access.ApiKeyFilter;
import dev.rollcall.http.access.CrossOrigin;
import dev.rollcall.http.access.OriginFilter;
import dev.rollcall.http.access.TransportFilter;
import dev.rollcall.http.admission.Admission;
import dev.rollcall.http.admission.RequestMeter;
import dev.rollcall.http.admission.SmallBodies;
import dev.rollcall.http.api.Resources;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The order of the filters of a request. Each filter passes the request on or responds to it.
 *
 * <p>After these filters, which are on every path, Quarkus REST has four more: {@link AcceptHeader} before the call is
 * looked up, {@link ApiKeyFilter} (valid key, its limit, its scope) and {@link QueryParameters} before the resource, which
 * reads the body, and {@link RequestMeter}, which counts the response.
 */
@ApplicationScoped
class Pipeline {

    private static final int FIRST_PRIORITY = 10_000;

    void register(
            @Observes Filters filters,
            RouteTable routes,
            OriginFilter origin,
            TransportFilter transport,
            CrossOrigin crossOrigin,
            SmallBodies smallBodies,
            Admission admission,
            OptionsRequests options) {
        List<Handler<RoutingContext>> order = List.of(
                origin::filter,
                AddressCheck::filter,
                transport::filter,
                context -> addHeaders(context, routes),
                crossOrigin::filter,
                smallBodies::filter,
                admission::filter,
                options::filter);
        for (int i = 0; i < order.size(); i++) {
            filters.register(order.get(i), FIRST_PRIORITY - i);
        }
    }

    private static void addHeaders(RoutingContext context, RouteTable routes) {
        HeaderPolicy policy = routes.find(context.request().method().name(), context.normalizedPath())
                .map(route -> route.call().headers())
                .orElse(HeaderPolicy.DATA);
        ResponseHeaders.addTo(context, policy);
        context.next();
    }

    @Produces
    @Singleton
    RouteTable routes() {
        return RouteTable.of(Resources.ALL);
    }
}
