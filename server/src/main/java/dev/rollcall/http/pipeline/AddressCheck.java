package dev.rollcall.http.pipeline;

import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RouterFailures;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;

/** A filter that refuses requests whose address is no valid URI, on which later filters would fail. */
final class AddressCheck {

    private AddressCheck() {}

    static void filter(RoutingContext context) {
        try {
            new URI(context.request().uri());
            context.next();
        } catch (URISyntaxException e) {
            RouterFailures.respond(context, Refusals.malformedAddress());
        }
    }
}
