package dev.rollcall.http.problem;

import dev.rollcall.outcome.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal as {@code application/problem+json} (RFC 9457), with the code and the facts as extension members. */
public final class Problem {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String RETRY_AFTER_FACT = "retry_after_s";
    private static final int RETRY_AFTER_SECONDS = 1;

    private Problem() {}

    static Response of(Refusal refusal) {
        ProblemType type = ProblemType.of(refusal.code());
        Response.ResponseBuilder response =
                Response.status(type.status()).type(MEDIA_TYPE).entity(body(refusal, type));
        if (ProblemType.isWorthRetrying(refusal.code())) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter(refusal));
        }
        return response.build();
    }

    /** The value of Retry-After, in seconds. */
    static String retryAfter(Refusal refusal) {
        return String.valueOf(refusal.facts().getOrDefault(RETRY_AFTER_FACT, RETRY_AFTER_SECONDS));
    }

    /** The members of a problem, in the order in which they are written. */
    public static Map<String, Object> body(Refusal refusal, ProblemType type) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("code", refusal.code().name());
        body.put("detail", refusal.detail());
        refusal.facts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(fact -> body.put(fact.getKey(), Numbers.rounded(fact.getValue())));
        return body;
    }
}
