package dev.rollcall.http.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.api.Clearable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/** The schemas of records: which fields are required, and which may be null. */
final class RecordSchemas {

    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private final Components components;

    private RecordSchemas(Components components) {
        this.components = components;
    }

    /**
     * Sets the JSON names of the fields, and which are required and nullable: in a response every field is required that is not left
     * out where it is null, in a body those that may not be null; of the others null is a value only for a {@link Clearable} one.
     */
    static void complete(Components components, RouteTable routes) {
        Map<String, Class<?>> bodies = new LinkedHashMap<>();
        Map<String, Class<?>> responses = new LinkedHashMap<>();
        for (Route route : routes.routes()) {
            response(route.handler()).forEach(type -> collect(type, responses));
            bodies(route.handler()).values().forEach(body -> collect(body, bodies));
        }
        RecordSchemas schemas = new RecordSchemas(components);
        new TreeMap<>(components.getSchemas()).forEach((name, schema) -> {
            if (responses.containsKey(name)) {
                schemas.complete(schema, responses.get(name), false);
            } else if (bodies.containsKey(name)) {
                schemas.complete(schema, bodies.get(name), true);
            }
        });
    }

    /** The records that describe the bodies that a method reads, by media type; a file has none. */
    static Map<String, Class<?>> bodies(Method handler) {
        Map<String, Class<?>> bodies = new LinkedHashMap<>();
        for (Annotation[] annotations : handler.getParameterAnnotations()) {
            for (Annotation annotation : annotations) {
                if (annotation instanceof RequestBody body) {
                    for (Content content : body.content()) {
                        Class<?> described = content.schema().implementation();
                        if (described.isRecord()) {
                            bodies.put(content.mediaType(), described);
                        }
                    }
                }
            }
        }
        return bodies;
    }

    /** The types that describe a method's response. */
    static List<Type> response(Method handler) {
        List<Type> types = new ArrayList<>();
        for (APIResponse response : handler.getAnnotationsByType(APIResponse.class)) {
            types.addAll(implementations(response.content()));
        }
        types.add(handler.getGenericReturnType());
        return types;
    }

    private static List<Class<?>> implementations(Content[] contents) {
        List<Class<?>> types = new ArrayList<>();
        for (Content content : contents) {
            types.add(content.schema().implementation());
        }
        return types;
    }

    /** The name in JSON of a record's component. */
    static String fieldName(RecordComponent component) {
        return NAMES.translate(component.getName());
    }

    /** The name of a record's schema. */
    static String name(Class<?> type) {
        org.eclipse.microprofile.openapi.annotations.media.Schema named =
                type.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
        return named == null || named.name().isEmpty() ? type.getSimpleName() : named.name();
    }

    private static void collect(Type type, Map<String, Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, records));
            if (ListSchemas.isList(generic)) {
                records.put(ListSchemas.scannedName(generic), (Class<?>) generic.getRawType());
            }
        } else if (type instanceof Class<?> record && record.isRecord()) {
            records.put(name(record), record);
            for (RecordComponent component : record.getRecordComponents()) {
                collect(component.getGenericType(), records);
            }
        }
    }

    private void complete(Schema schema, Class<?> record, boolean isBody) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = fieldName(component);
            boolean nullable = isNullable(component);
            Schema property = property(schema, component);
            boolean nullIsAValue = !isBody || component.isAnnotationPresent(Clearable.class);
            properties.put(name, nullable && nullIsAValue ? nullable(property) : property);
            boolean mayBeAbsent = isBody ? nullable : component.getAccessor().isAnnotationPresent(JsonInclude.class);
            if (!mayBeAbsent) {
                required.add(name);
            }
        }
        schema.setProperties(properties);
        schema.setRequired(required);
    }

    private Schema property(Schema schema, RecordComponent component) {
        Schema property = schema.getProperties().get(component.getName());
        if (property == null) {
            throw new IllegalStateException("the schema of " + component.getDeclaringRecord() + " has no " + component);
        }
        Class<?> values = values(component);
        if (values.isEnum()) {
            Schema ref = EnumSchemas.ref(components, values);
            Schema described = List.class.isAssignableFrom(component.getType())
                    ? OASFactory.createSchema()
                            .addType(SchemaType.ARRAY)
                            .items(ref)
                            .minItems(property.getMinItems())
                    : ref;
            return described.description(property.getDescription());
        }
        property.setExamples(null);
        if (property.getRef() != null) {
            property.setType(null);
        }
        return property;
    }

    /** The enum whose constants' names a field has, in lower case; or some other type. */
    private static Class<?> values(RecordComponent component) {
        try {
            org.eclipse.microprofile.openapi.annotations.media.Schema described = component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
            return described == null ? Void.class : described.implementation();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a component may be null. */
    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Schema nullable(Schema property) {
        if (property.getRef() != null) {
            String description = property.getDescription();
            return OASFactory.createSchema()
                    .description(description)
                    .addAnyOf(property.description(null))
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        return property.addType(SchemaType.NULL);
    }
}
