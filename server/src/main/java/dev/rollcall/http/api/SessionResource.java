package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.access.SessionCookie;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.keys.Scope;
import dev.rollcall.keys.Sessions;
import dev.rollcall.keys.Sessions.Session;
import dev.rollcall.keys.Sessions.StartedSession;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** POST, GET and DELETE /v1/session: sign in, who is signed in, sign out. */
@Path("/v1/session")
@Tag(name = "session", description = "Sessions of pages")
public final class SessionResource {

    private final Sessions sessions;

    @Inject
    SessionResource(Sessions sessions) {
        this.sessions = sessions;
    }

    @Schema(name = "Session", description = "A session, in which a cookie stands for an API key")
    record SessionView(
            @Schema(description = "The id of the API key; API_KEY for the configured one")
            String keyId,

            @Schema(description = "What the key is for") String name,

            @Schema(implementation = Scope.class, description = "What the key permits")
            List<String> scopes,

            @Schema(description = "The site that the key belongs to")
            String site,

            @Schema(description = "When the session was started")
            Instant startedAt,

            @Schema(description = "When the session ends by itself: after 12 hours, or with the key")
            Instant expiresAt,

            @Schema(description = "What each call with the cookie other than GET must send in the header X-CSRF-Token")
            String csrfToken) {

        static SessionView example() {
            return new SessionView(
                    "3f9a0c41d2b7",
                    "office",
                    List.of("admin"),
                    "default",
                    Instant.parse("2026-11-22T07:58:12.706280Z"),
                    Instant.parse("2026-11-22T19:58:12.706280Z"),
                    "5b0c3a1e9d7f4c2b8a6e0d1f3c5b7a9e8d6c4b2a0f1e3d5c7b9a8f6e4d2c0b1a");
        }

        static SessionView of(Session session) {
            ApiKeys.Holder holder = session.holder();
            return new SessionView(
                    holder.keyId(),
                    session.keyName(),
                    holder.scopes().stream().sorted().map(Scope::text).toList(),
                    holder.site(),
                    session.startedAt(),
                    session.expiresAt(),
                    session.csrfToken());
        }
    }

    @Schema(name = "EndedSession", description = "The session has ended")
    record Ended(
            @Schema(description = "The id of the API key that had started it")
            String keyId) {

        static Ended example() {
            return new Ended("3f9a0c41d2b7");
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(
            operationId = "startSession",
            summary = "Sign in: start a session with the request's API key; the response sets the cookie")
    public SessionView start(@Context SecurityContext security, @Context RoutingContext context) {
        KeyHolder holder = KeyHolder.of(security);
        if (holder.session() != null) {
            throw new RefusedException(
                    new Refusal(Code.UNAUTHORIZED, "A session can't start another one: send the API key."));
        }
        ApiKeys.Holder key =
                new ApiKeys.Holder(holder.caller().keyId(), holder.keyHash(), holder.scopes(), holder.site());
        StartedSession started =
                sessions.start(key, holder.caller()).orElseThrow(() -> new RefusedException(KeyRefusals.keyNotValid()));
        SessionCookie.tokens(context).forEach(before -> sessions.end(before, holder.caller()));
        SessionCookie.set(context, started);
        return SessionView.of(started.session());
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.SESSION_NOT_FOUND)
    @Blocking
    @Operation(operationId = "readSession", summary = "Whose session the cookie is, and until when")
    public SessionView read(@Context SecurityContext security) {
        return SessionView.of(sessionOf(KeyHolder.of(security)));
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.SESSION_NOT_FOUND)
    @Blocking
    @Operation(operationId = "endSession", summary = "Sign out: end the session on every instance; removes the cookie")
    public Ended end(@Context SecurityContext security, @Context RoutingContext context) {
        KeyHolder holder = KeyHolder.of(security);
        Session session = sessionOf(holder);
        SessionCookie.tokens(context).forEach(token -> sessions.end(token, holder.caller()));
        SessionCookie.remove(context);
        return new Ended(session.holder().keyId());
    }

    private static Session sessionOf(KeyHolder holder) {
        return Optional.ofNullable(holder.session())
                .orElseThrow(() -> new RefusedException(new Refusal(
                        Code.SESSION_NOT_FOUND, "This request has no session: it was made with an API key.")));
    }
}
