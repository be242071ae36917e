package dev.rollcall.http;

import dev.rollcall.http.Call.HeaderPolicy;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The security headers of every response: no type sniffing, no framing, no scripts, no caching.
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

    /** Swagger UI sets inline styles, and its style sheet has data: images. */
    private static final String PAGE_CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    /** Scripts and styles are files of the service alone, and no text becomes markup. The one thing that a page makes of
     * a text is the address of its service worker, by the policy "worker". Pictures of the camera are {@code blob:}. */
    private static final String APPLICATION_CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types worker";

    private static final Map<String, String> APPLICATION = Map.of(
            CONTENT_POLICY,
            APPLICATION_CONTENT_POLICY,
            "Cache-Control",
            "no-cache",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(self), microphone=(), geolocation=(self), payment=(), usb=()");

    /** Passes on every header of a data response. */
    public static void forEach(BiConsumer<String, String> header) {
        DATA.forEach(header);
    }

    /** Sets the headers of a policy on a response that has not begun, replacing those of another policy. */
    public static void addTo(RoutingContext context, HeaderPolicy policy) {
        MultiMap headers = context.response().headers();
        DATA.forEach(headers::set);
        if (policy == HeaderPolicy.PAGE) {
            headers.set(CONTENT_POLICY, PAGE_CONTENT_POLICY);
        } else if (policy == HeaderPolicy.APPLICATION) {
            APPLICATION.forEach(headers::set);
        }
    }
}
