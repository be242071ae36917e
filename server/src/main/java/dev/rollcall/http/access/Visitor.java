package dev.rollcall.http.access;

import dev.rollcall.http.connection.ClientNetwork;
import dev.rollcall.keys.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * The caller of a request that needs no API key.
 *
 * @param requestId the id of the request
 * @param address the client's network address
 */
public record Visitor(String requestId, String address) implements SecurityContext {

    /** The caller of a request that {@link ApiKeyFilter} let pass without a key. */
    public static Visitor of(SecurityContext context) {
        if (context.getUserPrincipal() instanceof Holder holder) {
            return holder.visitor();
        }
        throw new IllegalStateException("the call needs a key");
    }

    /**
     * What the audit log notes about the caller.
     *
     * @param word what stands there instead of the id of a key
     */
    public Caller caller(String word) {
        return new Caller(word, requestId, address);
    }

    /** The network of the client, for limits by client. */
    public String network() {
        return ClientNetwork.of(address);
    }

    private record Holder(Visitor visitor) implements Principal {

        @Override
        public String getName() {
            return visitor.address();
        }
    }

    @Override
    public Principal getUserPrincipal() {
        return new Holder(this);
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getAuthenticationScheme() {
        return "none";
    }
}
