package dev.rollcall.http.access;

import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;

/**
 * Who makes a request, after their API key was accepted.
 *
 * @param keyHash the key's SHA-256, which tells callers apart
 * @param caller how the audit log remembers them
 */
public record KeyHolder(String keyHash, Set<Scope> scopes, Caller caller) implements SecurityContext {

    public KeyHolder {
        scopes = Set.copyOf(scopes);
    }

    /** Who makes the request of a context that went through {@link ApiKeyFilter}. */
    public static KeyHolder of(SecurityContext context) {
        if (context.getUserPrincipal() instanceof Holder holder) {
            return holder.holder();
        }
        throw new IllegalStateException("nobody has shown a key");
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
