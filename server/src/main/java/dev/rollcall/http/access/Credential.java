package dev.rollcall.http.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request authenticates with: an API key, or else the token of a session.
 *
 * @param texts the key, or the tokens of which one may be of a session; empty if there is none that may be used
 * @param name what it is, for the log
 * @param advice what the caller can do if it is not valid
 */
record Credential(Kind kind, List<String> texts, String name, String advice) {

    private static final Pattern BEARER = Pattern.compile("bearer +(.*)", Pattern.CASE_INSENSITIVE);
    private static final String AUTHORIZATION = "Authorization";
    private static final int LONGEST = 1024;

    /** The kinds of credentials. */
    enum Kind {
        KEY,
        SESSION
    }

    /**
     * The credential of a request. A key counts even if there is a cookie too: the browser adds the cookie by itself, a key
     * was meant.
     */
    static Credential of(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (keyOf(request) != null || !SessionCookie.isIn(request)) {
            return keyOnly(request);
        }
        if (SessionCookie.isCrossOrigin(request)) {
            return session(
                    List.of(),
                    "the session of another origin's page",
                    "A session is for pages of this service alone. Send the API key in the header X-API-Key.");
        }
        return session(SessionCookie.tokens(context), "a wrong session", "This session has ended. Sign in again.");
    }

    /** The API key of a request. */
    static Credential keyOnly(HttpServerRequest request) {
        String key = keyOf(request);
        return key == null
                ? new Credential(Kind.KEY, List.of(), "no API key", "Send the API key in the header X-API-Key.")
                : new Credential(Kind.KEY, usable(List.of(key)), "a wrong API key", "This API key is not valid.");
    }

    private static Credential session(List<String> tokens, String name, String advice) {
        return new Credential(Kind.SESSION, usable(tokens), name, advice);
    }

    private static List<String> usable(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST)
                .toList();
    }

    /**
     * The key in its own header, or as a bearer token, which is what monitoring systems can send; null without one. The
     * scheme's case has no meaning (RFC 9110, section 11.1).
     */
    private static @Nullable String keyOf(HttpServerRequest request) {
        String key = request.getHeader(ApiKeyFilter.HEADER);
        String authorization = request.getHeader(AUTHORIZATION);
        if (key != null || authorization == null) {
            return key;
        }
        Matcher bearer = BEARER.matcher(authorization);
        return bearer.matches() ? bearer.group(1) : null;
    }
}
