package dev.rollcall.http.access;

import dev.rollcall.keys.Sessions.StartedSession;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session. It is for pages of the service itself: scripts can't read it, browsers send it with requests of the
 * same site alone, and requests of pages of any other origin are refused here.
 */
public final class SessionCookie {

    public static final String NAME = "rollcall_session";

    /** The header without which a call with the cookie changes nothing. */
    public static final String CSRF_HEADER = "X-CSRF-Token";

    /** What a browser says about where a request comes from (W3C Fetch Metadata), over HTTPS and on localhost. */
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** Its values for the service's own pages, and for an address that somebody typed. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private SessionCookie() {}

    /** Whether a request has such a cookie, valid or not. */
    public static boolean isIn(HttpServerRequest request) {
        return !tokens(request).isEmpty();
    }

    /** The token of a request, or empty without one; also if there are several, of which one may be somebody else's. */
    public static Optional<String> token(HttpServerRequest request) {
        List<String> tokens = tokens(request);
        return tokens.size() == 1 ? Optional.of(tokens.get(0)).filter(token -> !token.isEmpty()) : Optional.empty();
    }

    /** All of them, while the HTTP server keeps one cookie of each name. */
    private static List<String> tokens(HttpServerRequest request) {
        return request.headers().getAll("Cookie").stream()
                .flatMap(header -> ServerCookieDecoder.LAX.decodeAll(header).stream())
                .filter(cookie -> cookie.name().equals(NAME))
                .map(cookie -> cookie.value())
                .toList();
    }

    /** Whether a page of another origin sent a request, as far as the browser tells. */
    static boolean isCrossOrigin(HttpServerRequest request) {
        return isCrossOrigin(request.getHeader(FETCH_SITE), request.getHeader("Origin"), request.getHeader("Host"));
    }

    static boolean isCrossOrigin(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        return fetchSite == null ? origin != null && !isAuthority(origin, host) : !OWN.contains(fetchSite);
    }

    /** Whether an origin has a host and port, whatever its scheme, which a proxy may have changed. */
    private static boolean isAuthority(String origin, @Nullable String host) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null
                    && host != null
                    && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Gives the browser the cookie of a session, which it keeps until the session's end. */
    public static void set(RoutingContext context, StartedSession started) {
        Duration lifetime = Duration.between(
                started.session().startedAt(), started.session().expiresAt());
        add(context, started.token(), lifetime.toSeconds());
    }

    /** Removes the cookie from the browser. */
    public static void remove(RoutingContext context) {
        add(context, "", 0);
    }

    private static void add(RoutingContext context, String value, long seconds) {
        Cookie cookie = Cookie.cookie(NAME, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(RequestOrigin.of(context).isSecure())
                .setMaxAge(seconds);
        context.response().headers().add("Set-Cookie", cookie.encode());
    }
}
