package dev.rollcall.security;

import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.Refusal;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;

/** Lets nobody in without a key, except to the health report; later on the caller's name is its key's hash. */
@jakarta.ws.rs.ext.Provider
@Priority(Priorities.AUTHENTICATION)
public final class ApiKeyFilter implements ContainerRequestFilter {

    private static final String HEADER = "X-API-Key";
    private static final String OPEN_PATH = "/health";

    /** Asked for at the first request: filters are made before the settings are read. */
    private final Provider<ApiKeys> keys;

    @Inject
    public ApiKeyFilter(Provider<ApiKeys> keys) {
        this.keys = keys;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().equals(OPEN_PATH)) {
            return;
        }
        String key = request.getHeaderString(HEADER);
        if (key != null && keys.get().accepts(key)) {
            request.setSecurityContext(new KeyHolder(KeyHash.of(key)));
        } else {
            String detail = key == null ? "Send the API key in the header X-API-Key." : "This API key is not valid.";
            request.abortWith(Response.status(Response.Status.UNAUTHORIZED)
                    .entity(new Refusal(Code.UNAUTHORIZED, detail))
                    .build());
        }
    }
}
