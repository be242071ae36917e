package dev.rollcall.http.access;

import dev.rollcall.http.problem.RouterFailures;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The filter that determines a request's {@link RequestOrigin}. The request's id is the caller's own if that is valid, and
 * every response carries it.
 */
@ApplicationScoped
public class OriginFilter {

    /** The address of connections without a network address. */
    static final String NO_ADDRESS = "local";

    private static final String FORWARDED = "X-Forwarded-For";
    private static final String FORWARDED_SCHEME = "X-Forwarded-Proto";
    private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final TrustedProxies proxies;

    @Inject
    OriginFilter(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    public void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        String id = idFor(request.getHeader(RouterFailures.REQUEST_ID));
        MDC.put("request_id", id);
        context.response().putHeader(RouterFailures.REQUEST_ID, id);
        String peer = request.remoteAddress().hostAddress();
        String connected = peer == null ? NO_ADDRESS : peer;
        String address = proxies.client(connected, request.headers().getAll(FORWARDED));
        boolean isSecure =
                request.isSSL() || proxies.isSecure(connected, request.headers().getAll(FORWARDED_SCHEME));
        boolean isThisMachine = TransportFilter.isThisMachine(connected, address);
        new RequestOrigin(id, address, isThisMachine, isSecure, System.nanoTime()).storeIn(context);
        context.next();
    }

    /** The caller's id if it is valid, or a new one. */
    static String idFor(@Nullable String given) {
        return given != null && VALID_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
