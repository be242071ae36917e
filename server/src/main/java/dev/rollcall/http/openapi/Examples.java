package dev.rollcall.http.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rollcall.http.RouteTable.Route;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The examples of requests and responses, created from values of the records' own types. */
final class Examples {

    private static final String JSON = "application/json";

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Bodies leave out what isn't given. */
    private final ObjectMapper bodyMapper = mapper.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    /** Adds an example to each body that an operation reads, and to the JSON that it returns. */
    void addTo(Operation operation, Route route) {
        if (operation.getRequestBody() != null) {
            Content bodies = operation.getRequestBody().getContent();
            RecordSchemas.bodies(route.handler()).forEach((type, body) -> example(body, bodyMapper)
                    .ifPresent(bodies.getMediaType(type)::setExample));
        }
        for (APIResponse response : operation.getResponses().getAPIResponses().values()) {
            MediaType content =
                    response.getContent() == null ? null : response.getContent().getMediaType(JSON);
            if (content != null) {
                RecordSchemas.response(route.handler()).stream()
                        .map(type -> exampleOf(route.handler().getName(), type).or(() -> example(type, mapper)))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .ifPresent(content::setExample);
            }
        }
    }

    /** The example of a record that belongs to a call alone, by the name of the call's method, such as {@code addExample}. */
    private Optional<Object> exampleOf(String handler, Type type) {
        return type instanceof Class<?> record
                ? Arrays.stream(record.getDeclaredMethods())
                        .filter(method -> method.getName().equals(handler + "Example"))
                        .findFirst()
                        .map(method -> value(method, mapper))
                : Optional.empty();
    }

    private static Optional<Object> example(Type type, ObjectMapper mapper) {
        if (type instanceof ParameterizedType generic) {
            Optional<Object> item = example(generic.getActualTypeArguments()[0], mapper);
            return ListSchemas.isList(generic) ? item.map(Examples::list) : item;
        }
        return type instanceof Class<?> record
                ? Arrays.stream(record.getDeclaredMethods())
                        .filter(method -> method.getName().equals("example"))
                        .findFirst()
                        .map(method -> value(method, mapper))
                : Optional.empty();
    }

    private static Map<String, Object> list(Object item) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("items", List.of(item));
        list.put("next", null);
        return list;
    }

    private static Object value(Method example, ObjectMapper mapper) {
        try {
            example.setAccessible(true);
            return mapper.readValue(
                    mapper.writeValueAsBytes(example.invoke(null)), new TypeReference<Map<String, Object>>() {});
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("no example can be created by " + example, e);
        }
    }
}
