package dev.rollcall.http.pipeline;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A filter that ignores the Accept header: each call has one media type and always sends it (RFC 9110, 12.5.1). */
final class AcceptHeader {

    @ServerRequestFilter(preMatching = true)
    void ignore(ContainerRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
    }
}
