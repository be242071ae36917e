package dev.rollcall.http.pipeline;

import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Refusal;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A filter that refuses query parameters that the call doesn't have, that are given more than once, or without a value where the
 * call needs one: a list would otherwise be of everything. Files may be requested with any parameters.
 */
final class QueryParameters {

    /** The names of each call's parameters. */
    private final Map<Method, Known> ofCalls;

    @Inject
    QueryParameters(RouteTable routes) {
        ofCalls = routes.routes().stream()
                .filter(route -> route.call().admission() != AdmissionClass.FILE)
                .collect(Collectors.toMap(
                        Route::handler, route -> new Known(route.queryParameters(), route.parametersThatMayBeEmpty())));
    }

    /** The names of a call's parameters, and those of them that may be empty. */
    record Known(SortedSet<String> names, Set<String> mayBeEmpty) {}

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    void filter(ContainerRequestContext request, ResourceInfo resource) {
        Known known = ofCalls.get(resource.getResourceMethod());
        if (known != null) {
            refusal(known, request.getUriInfo().getQueryParameters()).ifPresent(refusal -> {
                throw new RefusedException(refusal);
            });
        }
    }

    /** The refusal of a request's query parameters by name, or empty. */
    static Optional<Refusal> refusal(Known known, Map<String, List<String>> given) {
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            if (!known.names().contains(parameter.getKey())) {
                return Optional.of(Refusals.unknownParameter(parameter.getKey(), known.names()));
            }
            if (parameter.getValue().size() > 1) {
                return Optional.of(Refusals.repeatedParameter(parameter.getKey()));
            }
            if (parameter.getValue().contains("") && !known.mayBeEmpty().contains(parameter.getKey())) {
                return Optional.of(Refusals.emptyParameter(parameter.getKey()));
            }
        }
        return Optional.empty();
    }
}
