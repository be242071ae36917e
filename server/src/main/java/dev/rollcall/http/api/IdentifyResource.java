package dev.rollcall.http.api;

import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.Numbers;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceFields;
import dev.rollcall.http.wire.FaceRequest;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.http.wire.IdempotencyKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.ChallengeToken;
import dev.rollcall.recognition.IdentifyPerson;
import dev.rollcall.recognition.IdentifyPerson.Result;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.Match;
import dev.rollcall.recognition.Rival;
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
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** POST /identify. */
@Path("/identify")
@Tag(name = "faces")
public final class IdentifyResource {

    private final IdentifyPerson identifyPerson;
    private final FaceRequestReader reader;
    private final SitesInForce sites;

    @Inject
    IdentifyResource(IdentifyPerson identifyPerson, FaceRequestReader reader, SitesInForce sites) {
        this.sites = sites;
        this.identifyPerson = identifyPerson;
        this.reader = reader;
    }

    /** The response: the person, and the mark if one was asked for. */
    @Schema(description = "The person whom the images show, and the mark that was written")
    record Identified(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,

            @Schema(description = "How certain it is that the images show the person, 0 to 1")
            BigDecimal confidence,

            @Schema(description = "Cosine of the face and the nearest template, -1 to 1")
            BigDecimal similarity,

            @Schema(description = "The least confidence for a match; it rises with the number of templates")
            BigDecimal threshold,

            @Schema(
                    description = "How much higher the similarity is than that of the second-best person;"
                            + " null when there is nobody else")
            @Nullable
            BigDecimal margin,

            @Schema(description = "The liveness of the face; null when it was not measured")
            FaceView.@Nullable LivenessView liveness,

            @Schema(description = "The mark that was written; null when none was asked for") @Nullable
            NewMark attendance) {

        static Identified example() {
            return new Identified(
                    "geronimo",
                    "Geronimo",
                    Numbers.rounded(0.9993),
                    Numbers.rounded(0.9999),
                    Numbers.rounded(0.8),
                    Numbers.rounded(0.9127),
                    FaceView.LivenessView.example(),
                    NewMark.example());
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.PICTURE,
            scopes = Scope.RECOGNIZE,
            refuses = {
                Code.INVALID_IMAGE,
                Code.UNSUPPORTED_IMAGE,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.NO_FACE,
                Code.MULTIPLE_FACES,
                Code.LOW_QUALITY,
                Code.SPOOF_SUSPECTED,
                Code.CHALLENGE_REQUIRED,
                Code.CHALLENGE_FAILED,
                Code.CHALLENGE_EXPIRED,
                Code.DIFFERENT_FACES,
                Code.NOT_RECOGNIZED,
                Code.BADGE_REQUIRED,
                Code.NUMBER_REQUIRED,
                Code.AMBIGUOUS,
                Code.NOT_ENROLLED,
                Code.DAILY_LIMIT_REACHED,
                Code.TOO_SOON,
                Code.TOO_LATE,
                Code.DIRECTION_NOT_ALLOWED,
                Code.OUTSIDE_SITE,
                Code.SITE_NOT_FOUND,
                Code.IDEMPOTENCY_KEY_REUSED,
                Code.GALLERY_LOADING
            })
    @Blocking
    @Operation(
            operationId = "identify",
            summary = "Find out whom images show, and with mark=true write the attendance mark")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "A repeated request with the same key and mark=true gets the first response and writes nothing",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            minLength = 1,
                            maxLength = IdempotencyKey.MAX_LENGTH,
                            pattern = "^" + IdempotencyKey.CHARACTER + "+$"))
    public Identified identify(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = FaceBodies.Identify.class)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA,
                                        schema = @Schema(implementation = FaceBodies.IdentifyForm.class))
                            })
                    InputStream body) {
        KeyHolder holder = KeyHolder.of(context);
        try (HeldFaceRequest held = reader.read(headers, body, FaceFields.IDENTIFY)) {
            List<byte[]> images = held.request().pictures();
            return identified(
                    identifyPerson.identify(request(headers, holder, held.request()), images, holder.caller()),
                    sites.at(holder.site()).timeZone());
        }
    }

    private static IdentifyPerson.Request request(HttpHeaders headers, KeyHolder holder, FaceRequest fields) {
        boolean mark = fields.flag("mark");
        MarkDetails details = fields.markDetails();
        if (details.direction() != null && !mark) {
            throw RefusedException.invalid("direction", "direction is for marks: send mark=true with it");
        }
        if (details.capturedAt() != null && !mark) {
            throw RefusedException.invalid("captured_at", "captured_at is for marks: send mark=true with it");
        }
        ChallengeToken token = fields.challengeToken(holder.keyHash());
        if (token != null && !mark) {
            throw RefusedException.invalid("challenge_token", "challenge_token is for marks: send mark=true with it");
        }
        List<String> asked =
                List.of("identify", String.valueOf(details.direction()), String.valueOf(details.capturedAt()));
        Optional<Attempt> attempt = IdempotencyKey.attempt(headers, holder.keyHash(), asked, fields.pictures());
        return new IdentifyPerson.Request(holder.site(), mark, details, attempt, token);
    }

    private static Identified identified(Result result, ZoneId zone) {
        if (result instanceof Result.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        Result.Identified identified = (Result.Identified) result;
        Match match = identified.match();
        Rival rival = match.rival();
        return new Identified(
                match.userId().value(),
                match.name(),
                Numbers.rounded(match.confidence()),
                Numbers.rounded(match.similarity()),
                Numbers.rounded(match.threshold()),
                rival == null ? null : Numbers.rounded(match.similarity() - rival.similarity()),
                FaceView.LivenessView.of(match.liveness()),
                identified
                        .marked()
                        .map(marked -> NewMark.of(marked.mark(), zone, marked.remainingToday()))
                        .orElse(null));
    }
}
