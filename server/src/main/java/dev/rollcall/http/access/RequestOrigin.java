package dev.rollcall.http.access;

import io.vertx.ext.web.RoutingContext;

/**
 * Where a request comes from.
 *
 * @param requestId the id under which the log and the answer speak of it
 * @param address the client's address, without its port
 * @param startedNanos when it came, by {@link System#nanoTime()}
 */
public record RequestOrigin(String requestId, String address, long startedNanos) {

    private static final String NAME = RequestOrigin.class.getName();

    /** What {@link #keepIn} kept. */
    public static RequestOrigin of(RoutingContext context) {
        RequestOrigin kept = context.get(NAME);
        if (kept == null) {
            throw new IllegalStateException("the request went past the filter that finds its origin");
        }
        return kept;
    }

    void keepIn(RoutingContext context) {
        context.put(NAME, this);
    }
}
