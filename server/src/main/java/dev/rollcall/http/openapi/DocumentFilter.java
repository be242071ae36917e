package dev.rollcall.http.openapi;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.api.Resources;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * The filter that completes the OpenAPI document scanned from the resources: the scopes of a call, its refusals, required
 * and nullable fields, and examples of the types that the resources return. Used at build time only.
 */
public final class DocumentFilter implements OASFilter {

    private static final String KEY_HEADER = "key";
    private static final String BEARER = "bearer";

    private final RouteTable routes = RouteTable.of(Resources.ALL);
    private final Examples examples = new Examples();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        KEY_HEADER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-API-Key"))
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer"));
        RecordSchemas.complete(document.getComponents().getSchemas(), routes);
        document.getComponents().addSchema(Problems.SCHEMA, Problems.schema());
        for (Route route : routes.routes()) {
            PathItem path = document.getPaths().getPathItem(route.path());
            Operation operation =
                    path == null ? null : path.getOperations().get(PathItem.HttpMethod.valueOf(route.method()));
            if (operation != null) {
                complete(operation, route);
            }
        }
    }

    private void complete(Operation operation, Route route) {
        boolean isOpen = route.call().scopes().length == 0;
        operation.setSecurity(
                isOpen
                        ? List.of()
                        : List.of(
                                OASFactory.createSecurityRequirement().addScheme(KEY_HEADER),
                                OASFactory.createSecurityRequirement().addScheme(BEARER)));
        if (!isOpen) {
            operation.setDescription("Needs a key of scope " + Problems.scopes(route.call()) + ".");
        }
        Parameters.complete(operation);
        examples.addTo(operation, route);
        Problems.of(route.call(), hasInput(operation))
                .forEach((status, response) -> add(operation.getResponses(), status, response));
    }

    private static void add(APIResponses responses, String status, APIResponse problem) {
        APIResponse present = responses.getAPIResponse(status);
        if (present == null) {
            responses.addAPIResponse(status, problem);
        } else {
            problem.getContent().getMediaTypes().forEach(present.getContent()::addMediaType);
        }
    }

    private static boolean hasInput(Operation operation) {
        return operation.getRequestBody() != null
                || (operation.getParameters() != null
                        && !operation.getParameters().isEmpty());
    }
}
