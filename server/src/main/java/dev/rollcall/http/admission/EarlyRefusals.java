package dev.rollcall.http.admission;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.access.RequestOrigin;
import dev.rollcall.http.problem.ProblemType;
import dev.rollcall.http.problem.RouterFailures;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.outcome.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

/** The refusals of requests that don't reach a resource because of their number or their bodies; they are counted like responses. */
@ApplicationScoped
class EarlyRefusals {

    /** Resolved at the first request: filters are created before the settings are read. */
    private final Provider<ServiceMetrics> metrics;

    private final RouteTable routes;

    @Inject
    EarlyRefusals(RouteTable routes, Provider<ServiceMetrics> metrics) {
        this.routes = routes;
        this.metrics = metrics;
    }

    /** Responds with a refusal, unless the client has gone. */
    void refuse(RoutingContext context, Refusal refusal) {
        if (context.response().closed()) {
            return;
        }
        RouterFailures.respond(context, refusal);
        metrics.get()
                .requestEnded(
                        RequestMeter.methodLabel(context.request().method().name()),
                        routes.find(context.request().method().name(), context.normalizedPath())
                                .map(Route::path)
                                .orElse(RequestMeter.OTHER),
                        ProblemType.of(refusal.code()).status(),
                        refusal.code().name(),
                        System.nanoTime() - RequestOrigin.of(context).startedNanos());
    }

    /** Responds with a refusal to a request whose body isn't complete, and closes its connection. */
    void refuseAndClose(RoutingContext context, Refusal refusal) {
        if (!context.response().closed()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.response().endHandler(sent -> context.request().connection().close());
        }
        refuse(context, refusal);
    }
}
