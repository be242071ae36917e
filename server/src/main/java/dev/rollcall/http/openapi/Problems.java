package dev.rollcall.http.openapi;

import dev.rollcall.http.Call;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.problem.Problem;
import dev.rollcall.http.problem.ProblemType;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The refusals of calls in the OpenAPI document. */
final class Problems {

    static final String SCHEMA = "Problem";

    /** An address may be malformed even where a call has no input. */
    private static final Set<Code> OF_EVERY_CALL =
            EnumSet.of(Code.INVALID_REQUEST, Code.RATE_LIMITED, Code.OVERLOADED, Code.INTERNAL);

    private static final Set<Code> OF_CALLS_WITH_KEY =
            EnumSet.of(Code.UNAUTHORIZED, Code.FORBIDDEN, Code.STORE_UNAVAILABLE);

    private Problems() {}

    /** The members of every problem; each code may have further members. */
    static Schema schema(Components components) {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description(
                        "Why a request was refused (RFC 9457). Members beside these are measured values and limits.")
                .addProperty("type", text("Always about:blank: the code says what it is"))
                .addProperty("title", text("A summary of the code's meaning"))
                .addProperty(
                        "status",
                        OASFactory.createSchema().addType(SchemaType.INTEGER).description("The HTTP status"))
                .addProperty("code", EnumSchemas.ref(components, Code.class))
                .addProperty("detail", text("The reason in an English sentence, for those who write programs"))
                .addProperty(
                        "message",
                        text(
                                "What happened, for the people who use the program, in the language that Content-Language names"))
                .required(List.of("type", "title", "status", "code", "detail", "message"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    /** The codes with which a call may refuse. */
    static Set<Code> codes(Route route) {
        Call call = route.call();
        Set<Code> codes = EnumSet.copyOf(OF_EVERY_CALL);
        codes.addAll(Arrays.asList(call.refuses()));
        if (call.scopes().length > 0) {
            codes.addAll(OF_CALLS_WITH_KEY);
            if (!route.method().equals(HttpMethod.GET)) {
                codes.add(Code.CSRF_TOKEN_INVALID);
            }
        }
        return codes;
    }

    /** The responses of a call with codes by HTTP status, each code with an example. */
    static Map<String, APIResponse> byStatus(Set<Code> codes, Route route) {
        Map<String, List<Code>> byStatus = new TreeMap<>();
        for (Code code : codes) {
            byStatus.computeIfAbsent(Integer.toString(ProblemType.of(code).status()), status -> new ArrayList<>())
                    .add(code);
        }
        Map<String, APIResponse> responses = new TreeMap<>();
        byStatus.forEach((status, ofStatus) ->
                responses.put(status, response(ofStatus, code -> ExampleRefusals.of(code, route))));
        return responses;
    }

    /** The response with one of several codes of the same HTTP status. */
    static APIResponse response(List<Code> codes, Function<Code, Refusal> examples) {
        MediaType content =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA));
        for (Code code : codes) {
            content.addExample(
                    code.name(),
                    OASFactory.createExample().value(Problem.body(examples.apply(code), ProblemType.of(code))));
        }
        return OASFactory.createAPIResponse()
                .description(codes.stream()
                        .map(code -> code.name() + ": " + ProblemType.of(code).title())
                        .collect(Collectors.joining("; ")))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, content));
    }
}
