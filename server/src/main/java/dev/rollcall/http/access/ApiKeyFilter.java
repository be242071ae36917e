package dev.rollcall.http.access;

import dev.rollcall.http.Call;
import dev.rollcall.http.connection.Connection;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Caller;
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
 * Lets a request in if its key opens the call and the limits allow it: first the address, then the key, then the scope,
 * then the key's own limit. Later on the caller is a {@link KeyHolder}.
 */
@ApplicationScoped
public class ApiKeyFilter {

    private static final Logger LOG = Logger.getLogger(ApiKeyFilter.class);
    private static final String HEADER = "X-API-Key";
    private static final Pattern BEARER = Pattern.compile("bearer +(.*)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_KEY = 1024;

    /** Asked for at the first request: filters are made before the settings are read. */
    private final Provider<ApiKeys> keys;

    private final Provider<RateLimits> limits;

    @Inject
    ApiKeyFilter(Provider<ApiKeys> keys, Provider<RateLimits> limits) {
        this.keys = keys;
        this.limits = limits;
    }

    /**
     * Lets a request in.
     *
     * @throws RefusedException if it has no valid key, if its key has not the scope, or if it is over a limit
     */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public void letIn(ContainerRequestContext request, ResourceInfo resource, RoutingContext context) {
        RequestOrigin origin = RequestOrigin.of(context);
        Call call = resource.getResourceMethod().getAnnotation(Call.class);
        boolean isOpen = call != null && call.scopes().length == 0;
        Optional<Refusal> refusal = isOpen
                ? limits.get().open(origin.address())
                : authenticated(
                        shown(request::getHeaderString),
                        context,
                        holder -> authorized(request, resource.getResourceMethod(), holder, origin));
        boolean proven = connection(context).filter(Connection::isProven).isPresent();
        if (!proven
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

    /** The refusal of a request that is none of the calls, or empty if it shows a valid key. Asks the database. */
    public Optional<Refusal> letInWithoutCall(RoutingContext context) {
        return authenticated(shown(context.request()::getHeader), context, holder -> limits.get()
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
        Optional<ApiKeys.Holder> holder = secret.flatMap(key -> keys.get().holder(key));
        if (holder.isEmpty()) {
            limits.get().unauthenticated(origin.address());
            LOG.warnf("%s from %s", header == null ? "no API key" : "a wrong API key", origin.address());
            String detail = header == null ? "Send the API key in the header X-API-Key." : "This API key is not valid.";
            return Optional.of(new Refusal(Code.UNAUTHORIZED, detail));
        }
        limits.get().authenticated(holder.get().hash());
        connection(context).ifPresent(Connection::prove);
        return then.apply(holder.get());
    }

    /**
     * The key in its own header, or as a bearer token, which is what monitoring systems can send; null without one. The
     * scheme's case has no meaning (RFC 9110, section 11.1).
     */
    private static @Nullable String shown(Function<String, @Nullable String> headers) {
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
                    "key %s doesn't open %s.%s",
                    holder.keyId(), call.getDeclaringClass().getSimpleName(), call.getName());
            return Optional.of(new Refusal(
                    Code.FORBIDDEN, "This API key doesn't open this call.", Map.of("needed_scope", scopes[0].text())));
        }
        Caller caller = new Caller(holder.keyId(), origin.requestId(), origin.address());
        request.setSecurityContext(new KeyHolder(holder.hash(), holder.scopes(), caller));
        return Optional.empty();
    }
}
