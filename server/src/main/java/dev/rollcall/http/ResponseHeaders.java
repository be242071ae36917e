package dev.rollcall.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What every answer tells browsers: don't guess types, don't show this in a frame, run nothing of it, keep no copy, and,
 * over TLS, come back by TLS alone.
 *
 * <p>Source: the OWASP cheat sheets "HTTP Headers" and "REST Security".
 */
public final class ResponseHeaders {

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private static final String STRICT_TRANSPORT = "Strict-Transport-Security";
    private static final String ONE_YEAR = "max-age=31536000";

    /** Adds the headers to the response of a request. */
    public static void filter(RoutingContext context) {
        addTo(context);
        context.next();
    }

    /** Gives every header that an answer carries whatever the connection. */
    public static void forEach(BiConsumer<String, String> header) {
        ALWAYS.forEach(header);
    }

    /** Adds the headers to an answer that has not begun. */
    public static void addTo(RoutingContext context) {
        MultiMap headers = context.response().headers();
        ALWAYS.forEach(headers::set);
        if (context.request().isSSL()) {
            headers.set(STRICT_TRANSPORT, ONE_YEAR);
        }
    }
}
