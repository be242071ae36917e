package dev.rollcall.http;

import dev.rollcall.http.Call.HeaderPolicy;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What every response tells browsers: don't guess types, don't show this in a frame, run nothing of it, keep no copy, and,
 * over TLS, come back by TLS alone.
 *
 * <p>Source: the OWASP cheat sheets "HTTP Headers" and "REST Security".
 */
public final class ResponseHeaders {

    private static final String CONTENT_POLICY = "Content-Security-Policy";

    private static final Map<String, String> DATA = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            CONTENT_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    /** Swagger UI sets styles of elements, and has pictures within its style sheet. */
    private static final String PAGE_CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private static final String STRICT_TRANSPORT = "Strict-Transport-Security";
    private static final String ONE_YEAR = "max-age=31536000";

    /** Gives every header of a data response, whatever the connection. */
    public static void forEach(BiConsumer<String, String> header) {
        DATA.forEach(header);
    }

    /** Adds the headers of a policy to a response that has not begun, in place of those of another one. */
    public static void addTo(RoutingContext context, HeaderPolicy policy) {
        MultiMap headers = context.response().headers();
        DATA.forEach(headers::set);
        if (policy == HeaderPolicy.PAGE) {
            headers.set(CONTENT_POLICY, PAGE_CONTENT_POLICY);
        }
        if (context.request().isSSL()) {
            headers.set(STRICT_TRANSPORT, ONE_YEAR);
        }
    }
}
