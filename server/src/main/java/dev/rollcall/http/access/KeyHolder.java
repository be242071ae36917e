package dev.rollcall.http.access;

import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.keys.Sessions.Session;
import dev.rollcall.people.UserId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated caller of a request.
 *
 * @param keyHash the SHA-256 of their API key
 * @param site the site that the API key belongs to
 * @param userId the person whose phone has the key; null if the key is bound to no person
 * @param caller what the audit log notes about them
 * @param session the session that stands for the key; null if the request has the key itself
 */
public record KeyHolder(
        String keyHash,
        Set<Scope> scopes,
        String site,
        @Nullable UserId userId,
        Caller caller,
        @Nullable Session session)
        implements SecurityContext {

    public KeyHolder {
        scopes = Set.copyOf(scopes);
    }

    static KeyHolder of(ApiKeys.Holder key, Caller caller, @Nullable Session session) {
        String userId = key.userId();
        UserId person = userId == null ? null : UserId.stored(userId).orElseThrow();
        return new KeyHolder(key.hash(), key.scopes(), key.site(), person, caller, session);
    }

    /** The caller of a request that {@link ApiKeyFilter} authenticated. */
    public static KeyHolder of(SecurityContext context) {
        if (context.getUserPrincipal() instanceof Holder holder) {
            return holder.holder();
        }
        throw new IllegalStateException("the request is not authenticated");
    }

    private record Holder(KeyHolder holder) implements Principal {

        @Override
        public String getName() {
            return holder.keyHash();
        }
    }

    @Override
    public Principal getUserPrincipal() {
        return new Holder(this);
    }

    @Override
    public boolean isUserInRole(String role) {
        return Scope.parse(role).filter(scope -> scope.within(scopes)).isPresent();
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getAuthenticationScheme() {
        return "ApiKey";
    }
}
