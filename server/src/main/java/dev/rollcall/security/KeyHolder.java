package dev.rollcall.security;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who holds an API key, named by the key's hash. */
record KeyHolder(String keyHash) implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
        return () -> keyHash;
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
        return "ApiKey";
    }
}
