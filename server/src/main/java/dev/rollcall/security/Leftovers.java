package dev.rollcall.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What becomes of a body that is still coming when its request has been answered: it is thrown away for a moment, so that
 * the client gets to read the answer, and then the connection is closed.
 */
@ApplicationScoped
class Leftovers {

    private static final int BEFORE_ALL_OTHERS = 10_001;
    private static final long PATIENCE_MS = 3_000;

    void register(@Observes Filters filters) {
        filters.register(Leftovers::watch, BEFORE_ALL_OTHERS);
    }

    private static void watch(RoutingContext context) {
        context.addEndHandler(done -> {
            HttpServerRequest request = context.request();
            if (!request.isEnded()) {
                context.vertx().setTimer(PATIENCE_MS, timer -> {
                    if (!request.isEnded()) {
                        request.connection().close();
                    }
                });
            }
        });
        context.next();
    }
}
