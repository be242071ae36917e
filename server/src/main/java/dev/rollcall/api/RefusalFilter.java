package dev.rollcall.api;

import dev.rollcall.usecase.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;

/** Turns every {@link Refusal} that a resource or filter answers into its problem, by the one table. */
@Provider
public final class RefusalFilter implements ContainerResponseFilter {

    private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Refusal refusal) {
            Response problem = Problem.of(refusal);
            response.setStatus(problem.getStatus());
            response.setEntity(problem.getEntity(), new Annotation[0], PROBLEM);
            Object retryAfter = problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
            if (retryAfter != null) {
                response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, retryAfter);
            }
        }
    }
}
