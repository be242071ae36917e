package dev.rollcall.http.openapi;

import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.access.ApiKeyFilter;
import dev.rollcall.http.access.SessionCookie;
import dev.rollcall.http.api.Resources;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/**
 * The filter that completes the OpenAPI document scanned from the resources: the scopes of a call, its refusals, required
 * and nullable fields, and examples of the types that the resources return. Used at build time only.
 */
public final class DocumentFilter implements OASFilter {

    private static final String LICENSE = "MIT";
    private static final String KEY_HEADER = "apiKey";
    private static final String BEARER = "bearer";
    private static final String SESSION = "session";

    private final RouteTable routes = RouteTable.of(Resources.ALL);
    private final Examples examples = new Examples();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setInfo(OASFactory.createInfo()
                .license(OASFactory.createLicense().name(LICENSE).identifier(LICENSE)));
        Components components = document.getComponents();
        addSecurity(components);
        RecordSchemas.complete(components, routes);
        components.addSchema(Problems.SCHEMA, Problems.schema(components));
        Set<Code> described = EnumSet.noneOf(Code.class);
        for (Route route : routes.routes()) {
            Operation operation = operation(document, route);
            if (operation != null) {
                described.addAll(complete(components, operation, route));
            }
        }
        ListSchemas.rename(document, routes);
        Responses.complete(components, described);
    }

    private static void addSecurity(Components components) {
        components.addSecurityScheme(
                KEY_HEADER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name(ApiKeyFilter.HEADER)
                        .description("An API key of a scope that the call names; admin opens every call"));
        components.addSecurityScheme(
                BEARER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The same API key as a bearer token"));
        components.addSecurityScheme(
                SESSION,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name(SessionCookie.NAME)
                        .description("The session of a page of this service, which stands for the key that started it;"
                                + " without TLS the cookie's name is " + SessionCookie.PLAIN_NAME + ";"
                                + " calls other than GET also need its csrf_token in the header "
                                + SessionCookie.CSRF_HEADER));
    }

    /** The description of a call; null if the call is hidden. */
    static @Nullable Operation operation(OpenAPI document, Route route) {
        PathItem path = document.getPaths().getPathItem(route.path());
        return path == null ? null : path.getOperations().get(PathItem.HttpMethod.valueOf(route.method()));
    }

    private Set<Code> complete(Components components, Operation operation, Route route) {
        List<String> scopes =
                Arrays.stream(route.call().scopes()).map(Scope::text).toList();
        operation.setSecurity(
                scopes.isEmpty()
                        ? List.of()
                        : List.of(
                                OASFactory.createSecurityRequirement().addScheme(KEY_HEADER, scopes),
                                OASFactory.createSecurityRequirement().addScheme(BEARER, scopes),
                                OASFactory.createSecurityRequirement().addScheme(SESSION, scopes)));
        if (!scopes.isEmpty()) {
            operation.setDescription("Needs a key of scope " + String.join(" or ", scopes) + ".");
        }
        Parameters.complete(components, operation);
        examples.addTo(operation, route);
        Set<Code> codes = Problems.codes(route);
        Responses.complete(operation.getResponses(), route, Problems.byStatus(codes, route));
        return codes;
    }
}
