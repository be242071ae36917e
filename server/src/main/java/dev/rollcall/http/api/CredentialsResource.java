package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.Pin;
import dev.rollcall.pins.PinStore.Credentials;
import dev.rollcall.pins.Pins;
import dev.rollcall.pins.Pins.Setting;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/people/{user_id}/credentials; PUT and DELETE /v1/people/{user_id}/credentials/pin. */
@Path("/v1/people/{user_id}/credentials")
@Tag(name = "people")
public final class CredentialsResource {

    private static final String PIN = "pin";

    private final Pins pins;

    @Inject
    CredentialsResource(Pins pins) {
        this.pins = pins;
    }

    @Schema(name = "Credentials", description = "What a person has besides the face; never a PIN or a badge itself")
    record CredentialsView(
            @Schema(description = "The person's id") String userId,

            @Schema(description = "When the PIN was set; null without one") @Nullable
            Instant pinSetAt,

            @Schema(description = "When the badge was issued that is valid; null without one") @Nullable
            Instant badgeIssuedAt) {

        static CredentialsView example() {
            Instant at = Instant.parse("2026-11-20T09:12:44.120551Z");
            return new CredentialsView("geronimo", at, at);
        }

        static CredentialsView of(UserId userId, Credentials credentials) {
            return new CredentialsView(userId.value(), credentials.pinSetAt(), credentials.badgeIssuedAt());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = {Scope.ADMIN, Scope.ENROLL},
            refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(operationId = "readCredentials", summary = "Whether a person has a PIN and a badge, and since when")
    public CredentialsView read(@PathParam("user_id") String userId) {
        UserId id = known(userId);
        return pins.find(id)
                .map(found -> CredentialsView.of(id, found))
                .orElseThrow(() -> new RefusedException(PeopleRefusals.notEnrolled()));
    }

    /** The PIN that a person gets. */
    @Schema(name = "PinRequest", description = "The PIN of a person; without one the service draws it")
    record NewPin(
            @Schema(
                    minLength = Pin.LEAST_DIGITS,
                    maxLength = Pin.MOST_DIGITS,
                    pattern = "^" + Pin.FORM + "$",
                    description = "4 to 8 digits; the service draws six if it is absent")
            @Nullable
            String pin) {

        static NewPin example() {
            return new NewPin(null);
        }
    }

    @Schema(name = "PinSet", description = "A PIN that was set")
    record PinView(
            @Schema(description = "The person's id") String userId,

            @Schema(description = "The PIN, if the service drew it, in this response alone; null if the request had it")
            @Nullable
            String pin,

            @Schema(description = "When it was set") Instant setAt) {

        static PinView example() {
            return new PinView("geronimo", "730518", Instant.parse("2026-11-20T09:12:44.120551Z"));
        }
    }

    @PUT
    @Path("/pin")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.NOT_ENROLLED, Code.PIN_TOO_WEAK, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "setPin",
            summary = "Set a person's PIN, or let the service draw one; ends the one before, and its lock")
    public PinView set(
            @PathParam("user_id") String userId,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = NewPin.class)))
                    InputStream body) {
        String text = JsonBody.readIfAny(body, headers.getLength(), Set.of(PIN)).text(PIN);
        Pin pin = text == null ? null : parsed(text);
        Setting setting = pins.set(known(userId), pin, KeyHolder.of(context).caller());
        if (setting instanceof Setting.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        Setting.Done done = (Setting.Done) setting;
        Pin drawn = done.drawn();
        return new PinView(userId, drawn == null ? null : drawn.digits(), done.at());
    }

    /** A PIN of its form; the refusal does not have the text. */
    static Pin parsed(String text) {
        return Pin.parse(text)
                .orElseThrow(() -> RefusedException.invalid(
                        PIN, "pin must be " + Pin.LEAST_DIGITS + " to " + Pin.MOST_DIGITS + " digits"));
    }

    @Schema(name = "PinRemoved", description = "A person without a PIN")
    record Removed(@Schema(description = "The person's id") String userId) {

        static Removed example() {
            return new Removed("geronimo");
        }
    }

    @DELETE
    @Path("/pin")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.NOT_ENROLLED)
    @Blocking
    @Operation(operationId = "removePin", summary = "Remove a person's PIN, if there is one")
    public Removed remove(@PathParam("user_id") String userId, @Context SecurityContext context) {
        if (!pins.remove(known(userId), KeyHolder.of(context).caller())) {
            throw new RefusedException(PeopleRefusals.notEnrolled());
        }
        return new Removed(userId);
    }

    private static UserId known(String userId) {
        return UserId.stored(userId).orElseThrow(() -> new RefusedException(PeopleRefusals.notEnrolled()));
    }
}
