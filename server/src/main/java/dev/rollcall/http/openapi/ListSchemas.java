package dev.rollcall.http.openapi;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import java.lang.reflect.ParameterizedType;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The schemas of pages of lists, which are named after what they list. */
final class ListSchemas {

    private static final String PREFIX = "#/components/schemas/";

    private ListSchemas() {}

    /** Whether a type is a page of records. */
    static boolean isList(ParameterizedType type) {
        return type.getRawType() instanceof Class<?> raw && raw.isRecord();
    }

    /** The name that the scanner gives to a page of a list. */
    static String scannedName(ParameterizedType list) {
        return ((Class<?>) list.getRawType()).getSimpleName() + item(list).getSimpleName();
    }

    /** Names the pages {@code MarkList} and the like. */
    static void rename(OpenAPI document, RouteTable routes) {
        for (Route route : routes.routes()) {
            Operation operation = DocumentFilter.operation(document, route);
            if (operation != null
                    && route.handler().getGenericReturnType() instanceof ParameterizedType type
                    && isList(type)) {
                rename(document.getComponents(), operation, type);
            }
        }
    }

    /** Renames the schema, unless another call with the same list has done so, and the call's reference to it. */
    private static void rename(Components components, Operation operation, ParameterizedType list) {
        String scanned = scannedName(list);
        String name = RecordSchemas.name(item(list)) + "List";
        Schema schema = components.getSchemas().get(scanned);
        if (schema != null) {
            components.removeSchema(scanned);
            components.addSchema(name, schema.description("One page of a list; next is null on the last one"));
        } else if (!components.getSchemas().containsKey(name)) {
            throw new IllegalStateException("there is no schema " + scanned);
        }
        for (APIResponse response : operation.getResponses().getAPIResponses().values()) {
            if (response.getContent() == null) {
                continue;
            }
            for (MediaType content : response.getContent().getMediaTypes().values()) {
                if ((PREFIX + scanned).equals(content.getSchema().getRef())) {
                    content.getSchema().setRef(PREFIX + name);
                }
            }
        }
    }

    private static Class<?> item(ParameterizedType list) {
        return (Class<?>) list.getActualTypeArguments()[0];
    }
}
