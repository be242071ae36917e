package dev.rollcall.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of another system that gets events.
 *
 * @param id 12 hexadecimal digits
 * @param events the kinds that it gets; empty for all
 * @param waiting how many events wait for it, at most 1,000
 * @param oldSecretUntil until when the secret before signs too; null if it doesn't
 */
public record Webhook(
        String id,
        String name,
        String url,
        List<EventKind> events,
        WebhookState state,
        Failures failures,
        int waiting,
        @Nullable Instant oldSecretUntil,
        Instant createdAt,
        Instant updatedAt) {

    public Webhook {
        events = List.copyOf(events);
    }

    /** Whether it gets events. */
    public enum WebhookState {
        ENABLED,
        /** Not, by an administrator: events meanwhile are not kept for it. */
        PAUSED,
        /** Not, since it failed too long: events are kept for it. */
        DEAD;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Attempts that failed since the last one that didn't, and what follows from them. An attempt whose event alone was refused is none.
     *
     * @param count how many
     * @param since when the first of these was; null without any
     * @param retryAt when the next one may be made; null for at once
     * @param deadSince since when it is {@link WebhookState#DEAD}; null if it isn't
     */
    public record Failures(
            int count,
            @Nullable Instant since,
            @Nullable Instant retryAt,
            @Nullable Instant deadSince,
            @Nullable String deadReason) {

        /** Nothing has failed. */
        public static final Failures NONE = new Failures(0, null, null, null, null);
    }
}
