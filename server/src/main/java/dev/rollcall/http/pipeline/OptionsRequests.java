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
 * A filter of OPTIONS requests that are no preflight of a listed origin: they need a key like the calls; the response to
 * them has the methods of the address.
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
                .executeBlocking(() -> keys.authenticateWithoutCall(context), false)
                .onComplete(authentication -> respond(context, authentication));
    }

    private static void respond(RoutingContext context, AsyncResult<Optional<Refusal>> authentication) {
        if (authentication.failed()) {
            if (authentication.cause() instanceof StoreUnavailableException) {
                RouterFailures.respond(
                        context, new Refusal(Code.STORE_UNAVAILABLE, "The database can't be reached. Try again."));
            } else {
                context.fail(authentication.cause());
            }
            return;
        }
        authentication.result().ifPresentOrElse(refusal -> RouterFailures.respond(context, refusal), context::next);
    }
}
