package dev.rollcall.http.problem;

import dev.rollcall.http.problem.Messages.Message;
import dev.rollcall.outcome.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal as {@code application/problem+json} (RFC 9457), with the code, a sentence in the user's language and the facts as
 * extension members.
 */
public final class Problem {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String RETRY_AFTER_FACT = "retry_after_s";
    private static final int RETRY_AFTER_SECONDS = 1;

    private Problem() {}

    static Response of(Refusal refusal, RoutingContext context) {
        ProblemType type = ProblemType.of(refusal.code());
        Message message = messageFor(context, refusal);
        Response.ResponseBuilder response = Response.status(type.status())
                .type(MEDIA_TYPE)
                .language(message.language())
                .entity(body(refusal, type, message));
        if (ProblemType.isWorthRetrying(refusal.code())) {
            response.header(HttpHeaders.RETRY_AFTER.toString(), retryAfter(refusal));
        }
        return response.build();
    }

    /** The sentence for a request. Its response gets the header Vary, besides what that has already. */
    static Message messageFor(RoutingContext context, Refusal refusal) {
        context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        return Messages.about(refusal, context.request().headers());
    }

    /** The sentence for people about what a response advises. The response gets the headers of its language. */
    public static String sentence(Refusal advice, RoutingContext context) {
        Message message = messageFor(context, advice);
        context.response().putHeader(HttpHeaders.CONTENT_LANGUAGE, message.language());
        return message.text();
    }

    /** The value of Retry-After, in seconds. */
    static String retryAfter(Refusal refusal) {
        return String.valueOf(refusal.facts().getOrDefault(RETRY_AFTER_FACT, RETRY_AFTER_SECONDS));
    }

    /** The members of a problem with its English sentence, in the order in which they are written. */
    public static Map<String, Object> body(Refusal refusal, ProblemType type) {
        return body(refusal, type, Messages.about(refusal));
    }

    /** The members of a problem, in the order in which they are written. */
    static Map<String, Object> body(Refusal refusal, ProblemType type, Message message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("code", refusal.code().name());
        body.put("detail", refusal.detail());
        body.put("message", message.text());
        refusal.facts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(fact -> body.put(fact.getKey(), Numbers.rounded(fact.getValue())));
        return body;
    }
}
