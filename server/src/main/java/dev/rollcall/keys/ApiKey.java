package dev.rollcall.keys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key without its secret.
 *
 * @param id the first 12 hexadecimal digits of the secret's SHA-256
 * @param name what its maker called it
 * @param scopes what it opens; never empty
 * @param expiresAt from when on it opens nothing, or null for never
 * @param lastUsedAt when it was last used, to the minute, or null if it never was
 * @param revokedAt when it was ended, or null
 */
public record ApiKey(
        String id,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
