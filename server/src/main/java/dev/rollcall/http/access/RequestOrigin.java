package dev.rollcall.http.access;

import io.vertx.ext.web.RoutingContext;

/**
 * Where a request comes from.
 *
 * @param requestId its id in the log and in the response
 * @param address the client's address, without its port
 * @param isThisMachine whether the connection and the client behind it are of this machine
 * @param isSecure whether it came over TLS, to this service or to a trusted proxy
 * @param startedNanos the {@link System#nanoTime()} of its receipt
 */
public record RequestOrigin(
        String requestId, String address, boolean isThisMachine, boolean isSecure, long startedNanos) {

    private static final String NAME = RequestOrigin.class.getName();

    /** The origin that {@link OriginFilter} stored in a context. */
    public static RequestOrigin of(RoutingContext context) {
        RequestOrigin kept = context.get(NAME);
        if (kept == null) {
            throw new IllegalStateException("the request did not pass the filter that determines its origin");
        }
        return kept;
    }

    void storeIn(RoutingContext context) {
        context.put(NAME, this);
    }
}
