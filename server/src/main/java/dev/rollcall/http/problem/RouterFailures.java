package dev.rollcall.http.problem;

import dev.rollcall.http.Call.HeaderPolicy;
import dev.rollcall.http.ResponseHeaders;
import dev.rollcall.http.problem.Messages.Message;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The responses to requests that fail before they reach a resource, as problems. */
@ApplicationScoped
public class RouterFailures {

    /** The header that every response has; set by a filter, except on requests that fail before it. */
    public static final String REQUEST_ID = "X-Request-Id";

    private static final Logger LOG = Logger.getLogger(RouterFailures.class);
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int SERVER_ERROR = 500;

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).failureHandler(RouterFailures::respond);
        for (int status : new int[] {BAD_REQUEST, NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE, SERVER_ERROR}) {
            router.errorHandler(status, RouterFailures::respond);
        }
    }

    private static void respond(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        int status = context.statusCode();
        Refusal refusal = refusal(status);
        if (refusal.code() == Code.INTERNAL) {
            LOG.error("a request failed", context.failure());
        }
        respond(context, refusal);
    }

    /** Responds to a request that does not reach a resource. */
    public static void respond(RoutingContext context, Refusal refusal) {
        ProblemType type = ProblemType.of(refusal.code());
        ResponseHeaders.addTo(context, HeaderPolicy.DATA);
        if (!context.response().headers().contains(REQUEST_ID)) {
            context.response().putHeader(REQUEST_ID, UUID.randomUUID().toString());
        }
        if (ProblemType.isWorthRetrying(refusal.code())) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Problem.retryAfter(refusal));
        }
        Message message = Problem.messageFor(context, refusal);
        context.response()
                .setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, message.language())
                .end(new JsonObject(Problem.body(refusal, type, message)).encode());
    }

    private static Refusal refusal(int status) {
        return switch (status) {
            case NOT_FOUND -> Refusals.notFound();
            case METHOD_NOT_ALLOWED -> Refusals.methodNotAllowed();
            case TOO_LARGE -> new Refusal(Code.PAYLOAD_TOO_LARGE, "The request is larger than this service takes.");
            default -> status >= BAD_REQUEST && status < SERVER_ERROR ? Refusals.notUnderstood() : Refusals.internal();
        };
    }
}
