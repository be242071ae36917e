package dev.rollcall.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The permission that one phone may get the key of a person, by a link.
 *
 * @param userId the person
 * @param site the site whose marks the phone makes
 * @param expiresAt until when the link is valid
 * @param keyId the id of the API key that created it, or null if that is not known
 */
public record PhoneLink(
        String userId,
        String site,
        Instant createdAt,
        Instant expiresAt,
        @Nullable String keyId) {}
