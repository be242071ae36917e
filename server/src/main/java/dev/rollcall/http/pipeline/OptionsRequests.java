package dev.rollcall.http.pipeline;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.access.ApiKeyFilter;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RouterFailures;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A filter of OPTIONS requests that are no preflight of a listed origin: they need a key like the calls; the response to
 * them has the methods of the address.
 */
@ApplicationScoped
class OptionsRequests {

    private final ApiKeyFilter keys;
    private final RouteTable routes;

    @Inject
    OptionsRequests(ApiKeyFilter keys, RouteTable routes) {
        this.keys = keys;
        this.routes = routes;
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

    private void respond(RoutingContext context, AsyncResult<Optional<Refusal>> authentication) {
        if (authentication.failed()) {
            if (authentication.cause() instanceof StoreUnavailableException) {
                RouterFailures.respond(context, Refusals.storeUnavailable());
            } else {
                context.fail(authentication.cause());
            }
            return;
        }
        authentication
                .result()
                .ifPresentOrElse(refusal -> RouterFailures.respond(context, refusal), () -> respondMethods(context));
    }

    private void respondMethods(RoutingContext context) {
        SortedSet<String> methods = routes.methods(context.normalizedPath());
        if (methods.isEmpty()) {
            RouterFailures.respond(context, Refusals.notFound());
        } else {
            context.response()
                    .putHeader(HttpHeaders.ALLOW, String.join(", ", methods))
                    .end();
        }
    }
}
