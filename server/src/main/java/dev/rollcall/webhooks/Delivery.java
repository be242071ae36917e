package dev.rollcall.webhooks;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event at an endpoint.
 *
 * @param subject within one of an endpoint, events are delivered one after the other
 * @param nextAt when the next attempt may be made, if it waits
 */
public record Delivery(long id, Event event, String subject, DeliveryState state, Attempts attempts, Instant nextAt) {

    /** Whether it was delivered. */
    public enum DeliveryState {
        WAITING,
        DELIVERED,
        /** Given up. */
        FAILED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The attempts.
     *
     * @param count how many there were since it was replayed, or ever
     * @param firstAt null before the first one
     * @param lastAt null before the first one
     * @param status of the last answer; null without one
     * @param problem why the last one failed; null if it didn't
     * @param millis how long the last one took
     */
    public record Attempts(
            int count,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt,
            @Nullable Integer status,
            @Nullable DeliveryProblem problem,
            @Nullable Integer millis) {

        /** Before the first one. */
        public static final Attempts NONE = new Attempts(0, null, null, null, null, null);
    }

    /** Why an attempt failed. */
    public enum DeliveryProblem {
        /** The answer's status is not 2xx. */
        STATUS,
        /** The answer is a redirect, which is never followed. */
        REDIRECT,
        /** No whole answer within the limit. */
        TIMED_OUT,
        /** No connection was made. */
        NOT_CONNECTED,
        /** The connection ended before an answer. */
        CLOSED,
        /** The certificate isn't trusted or is for another name, or TLS failed otherwise. */
        TLS,
        /** What came is no HTTP/1.1 answer, or its head is too long. */
        BAD_ANSWER,
        /** The name has no address. */
        NAME_UNKNOWN,
        /** The address, or plain HTTP to it, is not allowed. */
        TARGET_NOT_ALLOWED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
