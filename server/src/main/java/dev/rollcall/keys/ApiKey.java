package dev.rollcall.keys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key without its secret.
 *
 * @param id the first 12 hexadecimal digits of the secret's SHA-256
 * @param name its name in lists
 * @param scopes what it permits; never empty
 * @param site the site whose marks its device writes
 * @param expiresAt when it expires, or null for never
 * @param lastUsedAt when it was last used, updated at most once a minute, or null if it never was
 * @param revokedAt when it was revoked, or null
 */
public record ApiKey(
        String id,
        String name,
        Set<Scope> scopes,
        String site,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** The site that always exists, which new keys and the configured one belong to. */
    public static final String DEFAULT_SITE = "default";

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
