package dev.rollcall.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * Pages of other sites that may call the service from a browser: none, unless they are listed. A page that isn't gets no
 * leave, so the browser keeps the answer from it; the key is in a header of its own, so it can't send one unasked either.
 */
@ApplicationScoped
class CrossOrigin {

    private static final int AFTER_THE_HEADERS = 9_999;
    private static final int KEEP_LEAVE_SECONDS = 600;

    private final Origins allowed;

    @Inject
    CrossOrigin(Origins allowed) {
        this.allowed = allowed;
    }

    void register(@Observes Filters filters) {
        if (allowed.origins().isEmpty()) {
            return;
        }
        CorsHandler handler = CorsHandler.create()
                .addOrigins(allowed.origins())
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE))
                .allowedHeaders(
                        Set.of("Content-Type", "X-API-Key", "Authorization", "Idempotency-Key", OriginFilter.HEADER))
                .exposedHeaders(Set.of("Retry-After", OriginFilter.HEADER))
                .maxAgeSeconds(KEEP_LEAVE_SECONDS);
        filters.register(context -> answer(context, handler), AFTER_THE_HEADERS);
    }

    private void answer(RoutingContext context, CorsHandler handler) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null && allowed.origins().contains(origin)) {
            context.response().headers().set("Cross-Origin-Resource-Policy", "cross-origin");
            handler.handle(context);
        } else {
            context.next();
        }
    }
}
