package dev.rollcall.keys;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Whether the key of a device is valid. */
public enum DeviceState {
    /** It is valid. */
    ACTIVE,
    /** Its time is over. */
    EXPIRED,
    /** It was revoked. */
    REVOKED;

    /** The state of a key at a time. */
    public static DeviceState of(ApiKey key, Instant now) {
        if (key.revokedAt() != null) {
            return REVOKED;
        }
        Instant expiresAt = key.expiresAt();
        return expiresAt != null && !expiresAt.isAfter(now) ? EXPIRED : ACTIVE;
    }

    /** The state's name in requests and responses. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a name, or empty if there is none. */
    public static Optional<DeviceState> parse(String text) {
        for (DeviceState state : values()) {
            if (state.text().equals(text)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
