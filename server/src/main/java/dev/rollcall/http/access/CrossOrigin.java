package dev.rollcall.http.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * Cross-origin requests (CORS): pages of the listed origins may call the service from a browser. A page of another origin
 * gets no permission, so the browser keeps the response from it, and doesn't let it send the header with the key.
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
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE))
                .allowedHeaders(
                        Set.of("Content-Type", "X-API-Key", "Authorization", "Idempotency-Key", OriginFilter.HEADER))
                .exposedHeaders(Set.of("Retry-After", OriginFilter.HEADER))
                .maxAgeSeconds(PREFLIGHT_SECONDS);
    }

    /** Answers a preflight of a listed origin, and lets its pages read the response to any other request. */
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
