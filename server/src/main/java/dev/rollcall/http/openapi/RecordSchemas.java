package dev.rollcall.http.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
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
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/** The schemas of records: which fields are required, and which may be null. */
final class RecordSchemas {

    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private RecordSchemas() {}

    /**
     * Sets the JSON names of the fields, and which are required and nullable: in a response every field is required, in a
     * body those that may not be null.
     */
    static void complete(Map<String, Schema> schemas, RouteTable routes) {
        Map<String, Class<?>> bodies = new LinkedHashMap<>();
        Map<String, Class<?>> responses = new LinkedHashMap<>();
        for (Route route : routes.routes()) {
            collect(route.handler().getGenericReturnType(), responses);
            bodies(route.handler()).forEach(body -> collect(body, bodies));
        }
        schemas.forEach((name, schema) -> {
            if (responses.containsKey(name)) {
                complete(schema, responses.get(name), false);
            } else if (bodies.containsKey(name)) {
                complete(schema, bodies.get(name), true);
            }
        });
    }

    /** The records that describe the bodies that a method reads. */
    static List<Class<?>> bodies(Method handler) {
        List<Class<?>> bodies = new ArrayList<>();
        for (Annotation[] annotations : handler.getParameterAnnotations()) {
            for (Annotation annotation : annotations) {
                if (annotation instanceof RequestBody body) {
                    for (Content content : body.content()) {
                        bodies.add(content.schema().implementation());
                    }
                }
            }
        }
        return bodies;
    }

    /** The name of a record's schema. */
    static String name(Class<?> type) {
        org.eclipse.microprofile.openapi.annotations.media.Schema named =
                type.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
        return named == null ? type.getSimpleName() : named.name();
    }

    private static void collect(Type type, Map<String, Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> {
                collect(argument, records);
                if (generic.getRawType() instanceof Class<?> raw
                        && raw.isRecord()
                        && argument instanceof Class<?> item) {
                    records.put(raw.getSimpleName() + name(item), raw);
                    records.put(raw.getSimpleName() + item.getSimpleName(), raw);
                }
            });
        } else if (type instanceof Class<?> record && record.isRecord()) {
            records.put(name(record), record);
            for (RecordComponent component : record.getRecordComponents()) {
                collect(component.getGenericType(), records);
            }
        }
    }

    private static void complete(Schema schema, Class<?> record, boolean isBody) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = NAMES.translate(component.getName());
            boolean nullable = isNullable(component);
            Schema property = schema.getProperties().get(component.getName());
            if (property == null) {
                throw new IllegalStateException("the schema of " + record + " has no " + component.getName());
            }
            properties.put(name, nullable && !isBody ? nullable(property) : property);
            if (!nullable || !isBody) {
                required.add(name);
            }
        }
        schema.setProperties(properties);
        schema.setRequired(required);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Schema nullable(Schema property) {
        if (property.getRef() != null) {
            return OASFactory.createSchema()
                    .addAnyOf(property)
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        return property.addType(SchemaType.NULL);
    }
}
