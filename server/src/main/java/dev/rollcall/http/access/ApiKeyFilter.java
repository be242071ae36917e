package dev.rollcall.http.access;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.connection.Connection;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.DeviceVersion;
import dev.rollcall.keys.KeyHash;
import dev.rollcall.keys.Scope;
import dev.rollcall.keys.Sessions;
import dev.rollcall.keys.Sessions.Session;
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
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates and authorizes a request. Checks, in this order: the limit of the address, the key or the session, the limit of
 * the key, its scope, and of a session the token against forged requests. Sets a {@link KeyHolder} as the
 * request's security context, or a {@link Visitor} for a call that needs no key.
 */
@ApplicationScoped
public class ApiKeyFilter {

    private static final Logger LOG = Logger.getLogger(ApiKeyFilter.class);
    /** The header of an API key. */
    public static final String HEADER = "X-API-Key";

    /** Methods that change nothing (RFC 9110, 9.2.1). */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    /** The header in which a device names the version of its program. */
    public static final String DEVICE_VERSION = "X-Device-Version";

    /** Resolved at the first request: filters are created before the settings are read. */
    private final Provider<ApiKeys> keys;

    private final Provider<Sessions> sessions;
    private final Provider<RateLimits> limits;

    @Inject
    ApiKeyFilter(Provider<ApiKeys> keys, Provider<Sessions> sessions, Provider<RateLimits> limits) {
        this.keys = keys;
        this.sessions = sessions;
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
                        Credential.of(context),
                        context,
                        identity -> authorized(request, resource.getResourceMethod(), identity, origin));
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
        return authenticated(Credential.keyOnly(context.request()), context, identity -> limits.get()
                .key(identity.holder().keyId()));
    }

    private Optional<Refusal> authenticated(
            Credential credential, RoutingContext context, Function<Identity, Optional<Refusal>> then) {
        RequestOrigin origin = RequestOrigin.of(context);
        List<String> hashes = credential.texts().stream().map(KeyHash::of).toList();
        Optional<Refusal> tooMany = limits.get().beforeAuthentication(origin.address(), hashes);
        if (tooMany.isPresent()) {
            return tooMany;
        }
        String version = DeviceVersion.parse(context.request().getHeader(DEVICE_VERSION));
        Optional<Identity> identity = credential.texts().stream()
                .flatMap(text -> identity(credential.kind(), text, version).stream())
                .findFirst();
        if (identity.isEmpty()) {
            limits.get().unauthenticated(origin.address());
            LOG.warnf("%s from %s", credential.name(), origin.address());
            return Optional.of(new Refusal(Code.UNAUTHORIZED, credential.advice()));
        }
        limits.get().authenticated(identity.get().hash());
        connection(context).ifPresent(Connection::markAuthenticated);
        return then.apply(identity.get());
    }

    private Optional<Identity> identity(Credential.Kind kind, String text, @Nullable String version) {
        return kind == Credential.Kind.KEY
                ? keys.get().holder(text, version).map(holder -> new Identity(KeyHash.of(text), holder, null))
                : sessions.get().find(text).map(session -> new Identity(KeyHash.of(text), session.holder(), session));
    }

    /**
     * Who makes a request.
     *
     * @param hash the SHA-256 hash of the key, or of the token
     * @param session the session that stands for the key; null if the request has the key itself
     */
    private record Identity(
            String hash, ApiKeys.Holder holder, @Nullable Session session) {

        /** Whether the request is no forgery of another page: it has a key, changes nothing, or has the session's token. */
        boolean isOwnRequest(ContainerRequestContext request) {
            String token = request.getHeaderString(SessionCookie.CSRF_HEADER);
            return session == null
                    || SAFE_METHODS.contains(request.getMethod())
                    || (token != null && session.hasCsrfToken(token));
        }
    }

    private Optional<Refusal> authorized(
            ContainerRequestContext request, Method call, Identity identity, RequestOrigin origin) {
        ApiKeys.Holder holder = identity.holder();
        Call about = call.getAnnotation(Call.class);
        Optional<Refusal> tooMany = about != null && about.admission() == AdmissionClass.FRAME
                ? limits.get().hint(holder.keyId())
                : limits.get().key(holder.keyId());
        if (tooMany.isPresent()) {
            return tooMany;
        }
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
        if (!identity.isOwnRequest(request)) {
            return Optional.of(new Refusal(
                    Code.CSRF_TOKEN_INVALID,
                    "A call that changes something needs the session's csrf_token in the header X-CSRF-Token."));
        }
        Caller caller = new Caller(holder.keyId(), origin.requestId(), origin.address(), holder.site());
        request.setSecurityContext(KeyHolder.of(holder, caller, identity.session()));
        return Optional.empty();
    }
}
