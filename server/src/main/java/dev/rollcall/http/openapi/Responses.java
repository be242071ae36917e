package dev.rollcall.http.openapi;

import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.problem.ProblemType;
import dev.rollcall.http.problem.RouterFailures;
import dev.rollcall.outcome.Code;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The responses of calls: the status of success, the problems, and the headers. */
final class Responses {

    private static final String OK = "200";
    private static final int CREATED = 201;
    private static final String NOT_MODIFIED = "304";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String LANGUAGE = "Content-Language";

    private Responses() {}

    /** Completes the responses of a call. */
    static void complete(APIResponses responses, Route route, Map<String, APIResponse> problems) {
        setStatus(responses, route);
        problems.forEach((status, problem) -> {
            add(responses, status, problem);
            addHeader(responses.getAPIResponse(status), LANGUAGE);
        });
        if (isConditional(route)) {
            addHeader(responses.getAPIResponse(OK), HttpHeaders.ETAG);
            responses.addAPIResponse(
                    NOT_MODIFIED,
                    OASFactory.createAPIResponse().description("Nothing has changed since the ETag in If-None-Match"));
            addHeader(responses.getAPIResponse(NOT_MODIFIED), HttpHeaders.ETAG);
        }
        responses.getAPIResponses().values().forEach(response -> addHeader(response, RouterFailures.REQUEST_ID));
        for (Code code : Code.values()) {
            String status = Integer.toString(ProblemType.of(code).status());
            if (problems.containsKey(status) && ProblemType.isWorthRetrying(code)) {
                addHeader(responses.getAPIResponse(status), RETRY_AFTER);
            }
        }
    }

    /** Adds what the responses of all calls share, and the problems with which no described call refuses. */
    static void complete(Components components, Collection<Code> described) {
        components.addHeader(
                RouterFailures.REQUEST_ID,
                OASFactory.createHeader()
                        .description("The request's id, which the logs have: the caller's own, or a new one")
                        .required(true)
                        .schema(schema(SchemaType.STRING)));
        components.addHeader(
                RETRY_AFTER,
                OASFactory.createHeader()
                        .description("Seconds after which the request may be repeated")
                        .schema(schema(SchemaType.INTEGER)));
        components.addHeader(
                LANGUAGE,
                OASFactory.createHeader()
                        .description("The language of a problem's message: the best one of Accept-Language")
                        .schema(schema(SchemaType.STRING)));
        components.addHeader(
                HttpHeaders.ETAG,
                OASFactory.createHeader()
                        .description("A text that is another one whenever the response is")
                        .schema(schema(SchemaType.STRING)));
        Set<Code> others = EnumSet.allOf(Code.class);
        others.removeAll(described);
        for (Code code : others) {
            APIResponse response = Problems.response(List.of(code), ExampleRefusals::of);
            addHeader(response, RouterFailures.REQUEST_ID);
            addHeader(response, LANGUAGE);
            components.addResponse(code.name(), response);
        }
    }

    /** Whether a call tells by 304 that nothing has changed. */
    private static boolean isConditional(Route route) {
        return Arrays.stream(route.handler().getParameters())
                .map(parameter -> parameter.getAnnotation(HeaderParam.class))
                .anyMatch(header -> header != null && header.value().equals(HttpHeaders.IF_NONE_MATCH));
    }

    private static Schema schema(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }

    private static void setStatus(APIResponses responses, Route route) {
        ResponseStatus status = route.handler().getAnnotation(ResponseStatus.class);
        if (status == null) {
            return;
        }
        APIResponse success = responses.getAPIResponse(OK);
        responses.removeAPIResponse(OK);
        responses.addAPIResponse(
                Integer.toString(status.value()), status.value() == CREATED ? success.description("Created") : success);
    }

    private static void add(APIResponses responses, String status, APIResponse problem) {
        APIResponse present = responses.getAPIResponse(status);
        if (present == null) {
            responses.addAPIResponse(status, problem);
        } else {
            problem.getContent().getMediaTypes().forEach(present.getContent()::addMediaType);
        }
    }

    private static void addHeader(APIResponse response, String name) {
        response.addHeader(name, OASFactory.createHeader().ref("#/components/headers/" + name));
    }
}
