package dev.rollcall.keys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key without its secret. A device, which is a kiosk, a phone or another program that marks, is a key of the scope recognize or,
 * for the phone of one person, self.
 *
 * @param id the first 12 hexadecimal digits of the secret's SHA-256
 * @param name its name in lists
 * @param scopes what it permits; never empty
 * @param site the site whose marks its device writes
 * @param expiresAt when it expires, or null for never
 * @param lastUsedAt when it was last used, updated at most once a minute, or null if it never was
 * @param revokedAt when it was revoked, or null
 * @param deviceVersion the version of its program that the device named when the key was last used, or null if it never did
 * @param userId the person whose phone has it; null if the key is bound to no person
 */
public record ApiKey(
        String id,
        String name,
        Set<Scope> scopes,
        String site,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String deviceVersion,
        @Nullable String userId) {

    /** The site that always exists, which new keys and the configured one belong to. */
    public static final String DEFAULT_SITE = "default";

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
