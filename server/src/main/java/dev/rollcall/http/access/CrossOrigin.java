package dev.rollcall.http.access;

import dev.rollcall.http.problem.RouterFailures;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * The filter of cross-origin requests (CORS): pages of the listed origins may call the service from a browser. For a page
 * of another origin, the browser blocks the response and the header with the key.
 */
@ApplicationScoped
public class CrossOrigin {

    private static final int PREFLIGHT_SECONDS = 600;

    private final Origins allowed;
    private final CorsHandler handler;

    @Inject
    CrossOrigin(Origins allowed) {
        this.allowed = allowed;
        this.handler = CorsHandler.create()
                .addOrigins(allowed.origins())
                .allowedMethods(
                        Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE))
                .allowedHeaders(Set.of(
                        "Content-Type",
                        ApiKeyFilter.HEADER,
                        ApiKeyFilter.DEVICE_VERSION,
                        "Authorization",
                        "Idempotency-Key",
                        "If-Match",
                        "If-None-Match",
                        RouterFailures.REQUEST_ID))
                .exposedHeaders(Set.of("ETag", "Retry-After", RouterFailures.REQUEST_ID))
                .maxAgeSeconds(PREFLIGHT_SECONDS);
    }

    /** Responds to a preflight of a listed origin, and permits its pages to read the response to other requests. */
    public void filter(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null && allowed.origins().contains(origin)) {
            context.response().headers().set("Cross-Origin-Resource-Policy", "cross-origin");
            handler.handle(context);
        } else {
            context.next();
        }
    }
}
