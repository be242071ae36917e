package dev.rollcall.http.api;

import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.IdempotencyKey;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.Pin;
import dev.rollcall.recognition.MarkByPin;
import dev.rollcall.recognition.RecognizePerson.Result;
import dev.rollcall.sites.SitesInForce;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** POST /v1/pin-marks. */
@Path("/v1/pin-marks")
@Tag(name = "attendance")
public final class PinMarkResource {

    private static final String DIRECTION = "direction";

    private final MarkByPin markByPin;
    private final SitesInForce sites;

    @Inject
    PinMarkResource(MarkByPin markByPin, SitesInForce sites) {
        this.markByPin = markByPin;
        this.sites = sites;
    }

    /** Number and PIN. */
    @Schema(name = "PinMarkRequest", description = "A person's number and PIN, typed now: such a mark is never late")
    record PinMark(
            @Schema(
                    minLength = 1,
                    maxLength = UserId.MAX_LENGTH,
                    pattern = "^" + UserId.CHARACTER + "+$",
                    description = "The person's id: " + UserId.RULE)
            String userId,

            @Schema(
                    minLength = Pin.LEAST_DIGITS,
                    maxLength = Pin.MOST_DIGITS,
                    pattern = "^" + Pin.FORM + "$",
                    description = "4 to 8 digits")
            String pin,

            @Schema(implementation = Direction.class) @Nullable
            String direction,

            FaceBodies.@Nullable PositionBody position) {

        static PinMark example() {
            return new PinMark("geronimo", "730518", null, FaceBodies.PositionBody.example());
        }
    }

    /** The response: whose mark was written. */
    @Schema(name = "PinMarked", description = "The mark that was written")
    record Marked(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,

            @Schema(description = "The mark that was written")
            NewMark attendance) {

        static Marked example() {
            return new Marked("geronimo", "Geronimo", NewMark.example());
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.PIN,
            scopes = Scope.RECOGNIZE,
            refuses = {
                Code.PIN_INVALID,
                Code.PIN_NOT_ALLOWED,
                Code.NOT_ENROLLED,
                Code.DAILY_LIMIT_REACHED,
                Code.TOO_SOON,
                Code.DIRECTION_NOT_ALLOWED,
                Code.OUTSIDE_SITE,
                Code.SITE_NOT_FOUND,
                Code.IDEMPOTENCY_KEY_REUSED,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT
            },
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "markByPin",
            summary = "Write the mark of a person whose face fails, by number and PIN, where the site allows it")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "A repeated request with the same key gets the first response and writes nothing, whatever its PIN;"
                            + " use a new key for each PIN that somebody typed",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            minLength = 1,
                            maxLength = IdempotencyKey.MAX_LENGTH,
                            pattern = "^" + IdempotencyKey.CHARACTER + "+$"))
    public Marked mark(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PinMark.class)))
                    InputStream body) {
        JsonBody json = JsonBody.read(body, headers.getLength(), Set.of("user_id", "pin", DIRECTION, "position"));
        UserId userId = UserId.stored(json.required("user_id"))
                .orElseThrow(() -> RefusedException.invalid("user_id", "user_id must be " + UserId.RULE));
        Pin pin = CredentialsResource.parsed(json.required("pin"));
        MarkDetails details = new MarkDetails(
                ListQuery.constantOrNull(DIRECTION, json.text(DIRECTION), Direction.class), null, json.position());
        KeyHolder holder = KeyHolder.of(context);
        List<String> asked = List.of("pin-mark", userId.value(), String.valueOf(details.direction()));
        MarkByPin.Request request = new MarkByPin.Request(
                userId,
                pin,
                holder.site(),
                details,
                IdempotencyKey.attempt(headers, holder.keyHash(), asked, List.of()));
        Result result = markByPin.mark(request, holder.caller());
        if (result instanceof Result.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        Result.Marked marked = (Result.Marked) result;
        return new Marked(
                userId.value(),
                marked.basis().name(),
                NewMark.of(marked.mark(), sites.at(holder.site()).timeZone(), marked.remainingToday()));
    }
}
