package dev.rollcall.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The permission that one device may get a key, by a code.
 *
 * @param id 12 hexadecimal digits
 * @param name the name of the device
 * @param site the site of the device
 * @param expiresAt until when the code is valid
 * @param keyId the id of the API key that created it, or null if that is not known
 */
public record Pairing(
        String id,
        String name,
        String site,
        Instant createdAt,
        Instant expiresAt,
        @Nullable String keyId) {}
