package dev.rollcall.api;

import dev.rollcall.security.ApiKeyFilter;
import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.Refusal;
import dev.rollcall.usecase.StoreUnavailableException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * OPTIONS requests that are no preflight of a listed origin: they need a key like the calls, and are then told which
 * methods the address takes.
 */
@ApplicationScoped
class OptionsRequests {

    private static final int BEHIND_THE_DOORS = 8_000;

    private final ApiKeyFilter keys;

    @Inject
    OptionsRequests(ApiKeyFilter keys) {
        this.keys = keys;
    }

    void register(@Observes Filters filters) {
        filters.register(this::arrive, BEHIND_THE_DOORS);
    }

    private void arrive(RoutingContext context) {
        if (!context.request().method().equals(HttpMethod.OPTIONS)) {
            context.next();
            return;
        }
        context.request().pause();
        context.vertx()
                .executeBlocking(() -> keys.letInWithoutCall(context), false)
                .onComplete(asked -> answer(context, asked));
    }

    private static void answer(RoutingContext context, AsyncResult<Optional<Refusal>> asked) {
        if (asked.failed()) {
            if (asked.cause() instanceof StoreUnavailableException) {
                RouterFailures.answer(
                        context, new Refusal(Code.STORE_UNAVAILABLE, "The database can't be reached. Try again."));
            } else {
                context.fail(asked.cause());
            }
            return;
        }
        asked.result().ifPresentOrElse(refusal -> RouterFailures.answer(context, refusal), context::next);
    }
}
