package dev.rollcall.http.access;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.HeaderPolicy;
import dev.rollcall.http.ResponseHeaders;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RouterFailures;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;

/**
 * The filter of plain HTTP. Where there is HTTPS beside it, other machines get over HTTP what they need to come to trust that, and this
 * machine gets everything. Where there is HTTPS alone, browsers are told to use nothing else (HSTS), which holds for
 * all ports of a host name and would keep them from a page over HTTP.
 */
@ApplicationScoped
public class TransportFilter {

    private static final String STRICT_TRANSPORT = "Strict-Transport-Security";
    private static final String ONE_YEAR = "max-age=31536000";
    private static final String TRUST_PAGE = "/trust";
    private static final int FOUND = 302;

    private final Transport transport;
    private final RouteTable routes;

    @Inject
    TransportFilter(Transport transport, RouteTable routes) {
        this.transport = transport;
        this.routes = routes;
    }

    /** How the service listens. */
    public enum Transport {
        /** On one port, with HTTP or HTTPS. */
        ONE,
        /** On two ports. */
        HTTPS_BESIDE_HTTP
    }

    public void filter(RoutingContext context) {
        if (transport == Transport.ONE) {
            if (context.request().isSSL()) {
                context.response().putHeader(STRICT_TRANSPORT, ONE_YEAR);
            }
            context.next();
            return;
        }
        RequestOrigin origin = RequestOrigin.of(context);
        if (origin.isSecure() || origin.isThisMachine()) {
            context.next();
            return;
        }
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            RouterFailures.respond(context, Refusals.httpsRequired());
            return;
        }
        routes.find(context.request().method().name(), context.normalizedPath())
                .map(RouteTable.Route::call)
                .filter(call -> !call.overPlainHttp())
                .ifPresentOrElse(call -> sendAway(context, call), context::next);
    }

    private static void sendAway(RoutingContext context, Call call) {
        if (call.headers() == HeaderPolicy.APPLICATION) {
            ResponseHeaders.addTo(context, HeaderPolicy.APPLICATION);
            context.response()
                    .setStatusCode(FOUND)
                    .putHeader("Location", TRUST_PAGE)
                    .end();
        } else {
            RouterFailures.respond(context, Refusals.httpsRequired());
        }
    }

    /**
     * Whether a request comes from this machine: a proxy on another one may pass on what a client wrote about itself.
     *
     * @param peer the address at the other end of the connection
     * @param client the address of the client behind it
     */
    static boolean isThisMachine(String peer, String client) {
        return isLoopback(peer) && isLoopback(client);
    }

    /** Whether it is a loopback address, or a connection has none. */
    private static boolean isLoopback(String address) {
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(address);
        return address.equals(OriginFilter.NO_ADDRESS) || (literal != null && literal.isLoopbackAddress());
    }
}
