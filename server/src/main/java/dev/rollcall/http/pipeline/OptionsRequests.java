package dev.rollcall.http.pipeline;

import dev.rollcall.http.access.ApiKeyFilter;
import dev.rollcall.http.problem.RouterFailures;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * OPTIONS requests that are no preflight of a listed origin: they need a key like the calls, and are then told which
 * methods the address takes.
 */
@ApplicationScoped
class OptionsRequests {

    private final ApiKeyFilter keys;

    @Inject
    OptionsRequests(ApiKeyFilter keys) {
        this.keys = keys;
    }

    void filter(RoutingContext context) {
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
