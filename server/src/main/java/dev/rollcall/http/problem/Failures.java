package dev.rollcall.http.problem;

import dev.rollcall.http.RouteTable;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The responses to requests that are refused or that failed: a refusal as its problem, a failure as a problem without
 * internal details.
 */
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final int NOT_MODIFIED = 304;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final RouteTable routes;

    @Inject
    Failures(RouteTable routes) {
        this.routes = routes;
    }

    @ServerExceptionMapper
    Response refused(RefusedException refused, RoutingContext context) {
        return Problem.of(refused.refusal(), context);
    }

    @ServerExceptionMapper
    Response storeUnavailable(StoreUnavailableException failure, RoutingContext context) {
        LOG.error(failure.getMessage());
        return Problem.of(
                failure.nothingWritten()
                        ? Refusals.storeUnavailable()
                        : new Refusal(
                                Code.STORE_UNAVAILABLE,
                                "The database stopped responding. Repeat the request under its Idempotency-Key if it had"
                                        + " one; otherwise look up whether anything was written before you try again."),
                context);
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException failure, RoutingContext context) {
        return Problem.of(Refusals.notFound(), context);
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException failure, RoutingContext context) {
        String methods = String.join(", ", routes.methods(context.normalizedPath()));
        return Response.fromResponse(Problem.of(Refusals.methodNotAllowed(), context))
                .header(HttpHeaders.ALLOW, methods)
                .build();
    }

    @ServerExceptionMapper
    Response other(WebApplicationException failure, RoutingContext context) {
        int status = failure.getResponse().getStatus();
        if (status == NOT_MODIFIED) {
            return failure.getResponse();
        }
        if (status >= CLIENT_ERROR && status < SERVER_ERROR) {
            return Problem.of(Refusals.notUnderstood(), context);
        }
        return broken(failure, context);
    }

    @ServerExceptionMapper
    Response broken(Throwable failure, RoutingContext context) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                LOG.error("a request ran out of memory: " + cause.getMessage());
                return Problem.of(
                        new Refusal(Code.OVERLOADED, "There is no memory left for this. Try again in a moment."),
                        context);
            }
        }
        LOG.error("a request failed", failure);
        return Problem.of(Refusals.internal(), context);
    }
}
