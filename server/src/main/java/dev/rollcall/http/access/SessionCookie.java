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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session. It is for pages of the service itself: scripts can't read it, browsers send it with requests of the
 * same site alone, and requests of pages of any other origin are refused here.
 */
public final class SessionCookie {

    /** Its name over TLS: browsers take a cookie of this prefix from the service itself alone, for all paths (RFC 6265bis, 4.1.3.2). */
    public static final String NAME = "__Host-rollcall_session";

    /** Its name without TLS, where browsers refuse that prefix. */
    public static final String PLAIN_NAME = "rollcall_session";

    /** Most cookies of a request that are looked up: other services of the same host can set some without TLS. */
    private static final int MOST = 3;

    /** The header without which a call with the cookie changes nothing. */
    public static final String CSRF_HEADER = "X-CSRF-Token";

    /** What a browser says about where a request comes from (W3C Fetch Metadata), over HTTPS and on localhost. */
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** Its values for the service's own pages, and for an address that somebody typed. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private SessionCookie() {}

    /** Whether a request has such a cookie, valid or not. */
    public static boolean isIn(HttpServerRequest request) {
        return values(request)
                .anyMatch(cookie -> cookie.name().equals(NAME) || cookie.name().equals(PLAIN_NAME));
    }

    /** The tokens of a request, of which one may be of a session; none is from a cookie that has the other name. */
    public static List<String> tokens(RoutingContext context) {
        String name = name(context);
        return values(context.request())
                .filter(cookie -> cookie.name().equals(name))
                .map(cookie -> cookie.value())
                .filter(token -> !token.isEmpty())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static String name(RoutingContext context) {
        return RequestOrigin.of(context).isSecure() ? NAME : PLAIN_NAME;
    }

    /** All cookies, while the HTTP server keeps one of each name. */
    private static Stream<io.netty.handler.codec.http.cookie.Cookie> values(HttpServerRequest request) {
        return request.headers().getAll("Cookie").stream()
                .flatMap(header -> ServerCookieDecoder.LAX.decodeAll(header).stream());
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
        add(context, name(context), started.token(), lifetime.toSeconds());
    }

    /** Removes the cookie from the browser, and one that was set without TLS. */
    public static void remove(RoutingContext context) {
        if (RequestOrigin.of(context).isSecure()) {
            add(context, NAME, "", 0);
        }
        add(context, PLAIN_NAME, "", 0);
    }

    private static void add(RoutingContext context, String name, String value, long seconds) {
        Cookie cookie = Cookie.cookie(name, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(RequestOrigin.of(context).isSecure())
                .setMaxAge(seconds);
        context.response().headers().add("Set-Cookie", cookie.encode());
    }
}
