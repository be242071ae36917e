package dev.rollcall.webhooks;

import java.util.Locale;
import java.util.Optional;

/** The kinds of events that an endpoint can ask for. */
public enum EventKind {
    MARK_CREATED,
    MARK_CORRECTED,
    MARK_REFUSED,
    PERSON_ENROLLED,
    PERSON_ERASED,
    PERSON_REFUSED,
    ALARM_LOOK_ALIKE,
    ALARM_PIN_LOCKED,
    ALARM_PAIRING_LOCKED,
    ALARM_CLOCK,
    ALARM_WEBHOOK_DISABLED;

    /** The name in requests and in the database, such as {@code mark.created}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /** The kind with a name; empty if there is none. */
    public static Optional<EventKind> parse(String text) {
        for (EventKind kind : values()) {
            if (kind.text().equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
