package dev.rollcall.http.access;

import dev.rollcall.http.Call;
import dev.rollcall.http.connection.Connection;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.DeviceVersion;
import dev.rollcall.keys.KeyHash;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates and authorizes a request. Checks, in this order: the limit of the address, the key, the limit of the key,
 * its scope. Sets a {@link KeyHolder} as the request's security context, or a {@link Visitor} for a call that needs no key.
 */
@ApplicationScoped
public class ApiKeyFilter {

    private static final Logger LOG = Logger.getLogger(ApiKeyFilter.class);
    /** The header of an API key. */
    public static final String HEADER = "X-API-Key";

    /** The header in which a device names the version of its program. */
    public static final String DEVICE_VERSION = "X-Device-Version";

    private static final Pattern BEARER = Pattern.compile("bearer +(.*)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_KEY = 1024;

    /** Resolved at the first request: filters are created before the settings are read. */
    private final Provider<ApiKeys> keys;

    private final Provider<RateLimits> limits;

    @Inject
    ApiKeyFilter(Provider<ApiKeys> keys, Provider<RateLimits> limits) {
        this.keys = keys;
        this.limits = limits;
    }

    /**
     * Authenticates and authorizes a request.
     *
     * @throws RefusedException if it has no valid key, if its key lacks the scope, or if it exceeds a limit
     */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public void filter(ContainerRequestContext request, ResourceInfo resource, RoutingContext context) {
        RequestOrigin origin = RequestOrigin.of(context);
        Call call = resource.getResourceMethod().getAnnotation(Call.class);
        boolean isOpen = call != null && call.scopes().length == 0;
        if (isOpen) {
            request.setSecurityContext(new Visitor(origin.requestId(), origin.address()));
        }
        Optional<Refusal> refusal = isOpen
                ? limits.get().open(origin.address())
                : authenticated(
                        keyOf(request::getHeaderString),
                        context,
                        holder -> authorized(request, resource.getResourceMethod(), holder, origin));
        boolean authenticated =
                connection(context).filter(Connection::isAuthenticated).isPresent();
        if (!authenticated
                && refusal.filter(reason -> reason.code() == Code.RATE_LIMITED).isPresent()) {
            context.response().putHeader("Connection", "close");
        }
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    private static Optional<Connection> connection(RoutingContext context) {
        return context.request().connection() instanceof ConnectionBase connection
                ? Optional.ofNullable(Connection.of(connection.channel()))
                : Optional.empty();
    }

    /** The refusal of a request that is none of the calls, or empty if it has a valid key. Queries the database. */
    public Optional<Refusal> authenticateWithoutCall(RoutingContext context) {
        return authenticated(keyOf(context.request()::getHeader), context, holder -> limits.get()
                .key(holder.keyId()));
    }

    private Optional<Refusal> authenticated(
            @Nullable String header, RoutingContext context, Function<ApiKeys.Holder, Optional<Refusal>> then) {
        RequestOrigin origin = RequestOrigin.of(context);
        Optional<String> secret =
                Optional.ofNullable(header).filter(key -> !key.isEmpty() && key.length() <= LONGEST_KEY);
        Optional<Refusal> tooMany = limits.get().beforeAuthentication(origin.address(), secret.map(KeyHash::of));
        if (tooMany.isPresent()) {
            return tooMany;
        }
        String version = DeviceVersion.parse(context.request().getHeader(DEVICE_VERSION));
        Optional<ApiKeys.Holder> holder = secret.flatMap(key -> keys.get().holder(key, version));
        if (holder.isEmpty()) {
            limits.get().unauthenticated(origin.address());
            LOG.warnf("%s from %s", header == null ? "no API key" : "a wrong API key", origin.address());
            String detail = header == null ? "Send the API key in the header X-API-Key." : "This API key is not valid.";
            return Optional.of(new Refusal(Code.UNAUTHORIZED, detail));
        }
        limits.get().authenticated(holder.get().hash());
        connection(context).ifPresent(Connection::markAuthenticated);
        return then.apply(holder.get());
    }

    /**
     * The key in its own header, or as a bearer token, which is what monitoring systems can send; null without one. The
     * scheme's case has no meaning (RFC 9110, section 11.1).
     */
    private static @Nullable String keyOf(Function<String, @Nullable String> headers) {
        String key = headers.apply(HEADER);
        String authorization = headers.apply(HttpHeaders.AUTHORIZATION);
        if (key != null || authorization == null) {
            return key;
        }
        Matcher bearer = BEARER.matcher(authorization);
        return bearer.matches() ? bearer.group(1) : null;
    }

    private Optional<Refusal> authorized(
            ContainerRequestContext request, Method call, ApiKeys.Holder holder, RequestOrigin origin) {
        Optional<Refusal> tooMany = limits.get().key(holder.keyId());
        if (tooMany.isPresent()) {
            return tooMany;
        }
        Call about = call.getAnnotation(Call.class);
        Scope[] scopes = about == null ? new Scope[] {Scope.ADMIN} : about.scopes();
        if (Arrays.stream(scopes).noneMatch(scope -> scope.within(holder.scopes()))) {
            LOG.warnf(
                    "key %s lacks the scope of %s.%s",
                    holder.keyId(), call.getDeclaringClass().getSimpleName(), call.getName());
            return Optional.of(new Refusal(
                    Code.FORBIDDEN,
                    "This API key lacks the scope that this call needs.",
                    Map.of("needed_scope", scopes[0].text())));
        }
        Caller caller = new Caller(holder.keyId(), origin.requestId(), origin.address(), holder.site());
        request.setSecurityContext(new KeyHolder(holder.hash(), holder.scopes(), holder.site(), caller));
        return Optional.empty();
    }
}
