package dev.rollcall.http.admission;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.access.RequestOrigin;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.outcome.Code;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Counts every response of a call. The labels are the program's own; none is taken from the request. */
@ApplicationScoped
public class RequestMeter {

    /** The label of every method and path that the service doesn't have. */
    static final String OTHER = "other";

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    /** Resolved at the first request: filters are created before the settings are read. */
    private final Provider<ServiceMetrics> metrics;

    @Inject
    RequestMeter(Provider<ServiceMetrics> metrics) {
        this.metrics = metrics;
    }

    @ServerResponseFilter
    public void count(
            ContainerRequestContext request,
            ContainerResponseContext response,
            ResourceInfo resource,
            RoutingContext context) {
        String code = code(response.getEntity());
        long nanos = System.nanoTime() - RequestOrigin.of(context).startedNanos();
        metrics.get().requestEnded(methodLabel(request.getMethod()), path(resource), response.getStatus(), code, nanos);
        if (code.equals(Code.STORE_UNAVAILABLE.name())) {
            metrics.get().storeError();
        }
    }

    /** The method if it is one of HTTP's usual ones, or {@link #OTHER}, so that the number of labels is bounded. */
    static String methodLabel(String method) {
        return METHODS.contains(method) ? method : OTHER;
    }

    private static String code(@Nullable Object entity) {
        return entity instanceof Map<?, ?> problem && problem.get("code") instanceof String code ? code : "";
    }

    private static String path(@Nullable ResourceInfo resource) {
        Method method = resource == null ? null : resource.getResourceMethod();
        if (resource == null || method == null) {
            return OTHER;
        }
        return RouteTable.path(
                resource.getResourceClass().getAnnotation(Path.class).value(), method);
    }
}
