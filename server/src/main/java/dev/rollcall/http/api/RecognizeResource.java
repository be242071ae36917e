package dev.rollcall.http.api;

import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.badges.Badge;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.Numbers;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceFields;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.http.wire.IdempotencyKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.Match;
import dev.rollcall.recognition.RecognizePerson;
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

/** POST /recognize. */
@Path("/recognize")
@Tag(name = "faces")
public final class RecognizeResource {

    private final RecognizePerson recognizePerson;
    private final FaceRequestReader reader;
    private final SitesInForce sites;

    @Inject
    RecognizeResource(RecognizePerson recognizePerson, FaceRequestReader reader, SitesInForce sites) {
        this.sites = sites;
        this.recognizePerson = recognizePerson;
        this.reader = reader;
    }

    /** The response: the match and the mark that was written. */
    @Schema(description = "The match and the mark that was written")
    record Recognized(
            @Schema(description = "Always true: a face that does not match is refused")
            boolean recognized,

            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,

            @Schema(description = "How certain it is that the picture shows the person, 0 to 1")
            BigDecimal confidence,

            @Schema(description = "Cosine of the face and the nearest template, -1 to 1")
            BigDecimal similarity,

            @Schema(description = "The least confidence for a match")
            BigDecimal threshold,

            @Schema(description = "The liveness of the face; null when it was not measured")
            FaceView.@Nullable LivenessView liveness,

            @Schema(description = "The mark that was written")
            NewMark attendance) {

        static Recognized example() {
            return new Recognized(
                    true,
                    "geronimo",
                    "Geronimo",
                    Numbers.rounded(0.9993),
                    Numbers.rounded(0.9999),
                    Numbers.rounded(0.8),
                    FaceView.LivenessView.example(),
                    NewMark.example());
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.PICTURE,
            scopes = {Scope.RECOGNIZE, Scope.SELF},
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
                Code.NOT_ENROLLED,
                Code.BADGE_INVALID,
                Code.BADGE_REQUIRED,
                Code.NOT_MATCHED,
                Code.DAILY_LIMIT_REACHED,
                Code.TOO_SOON,
                Code.TOO_LATE,
                Code.DIRECTION_NOT_ALLOWED,
                Code.OUTSIDE_SITE,
                Code.SITE_NOT_FOUND,
                Code.IDEMPOTENCY_KEY_REUSED
            })
    @Blocking
    @Operation(operationId = "recognize", summary = "Verify that images show a person, and write the attendance mark")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description = "A repeated request with the same key gets the first response and writes nothing",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            minLength = 1,
                            maxLength = IdempotencyKey.MAX_LENGTH,
                            pattern = "^" + IdempotencyKey.CHARACTER + "+$"))
    public Recognized recognize(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = FaceBodies.Recognize.class)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA,
                                        schema = @Schema(implementation = FaceBodies.RecognizeForm.class))
                            })
                    InputStream body) {
        KeyHolder holder = KeyHolder.of(context);
        try (HeldFaceRequest held = reader.read(headers, body, FaceFields.RECOGNIZE)) {
            List<byte[]> images = held.request().pictures();
            String shown = held.request().badge();
            Optional<Badge> badge = Optional.ofNullable(shown).flatMap(Badge::parse);
            if (shown != null && badge.isEmpty()) {
                throw new RefusedException(
                        recognizePerson.refuseUnreadableBadge(holder.caller()).refusal());
            }
            UserId userId = held.request().userId(badge, holder.userId());
            MarkDetails details = held.request().markDetails();
            List<String> asked = List.of(
                    "recognize",
                    badge.map(Badge::text).orElseGet(userId::value),
                    String.valueOf(details.direction()),
                    String.valueOf(details.capturedAt()));
            RecognizePerson.Request request = new RecognizePerson.Request(
                    userId,
                    holder.site(),
                    details,
                    IdempotencyKey.attempt(headers, holder.keyHash(), asked, images),
                    held.request().challengeToken(holder.keyHash()),
                    badge.orElse(null));
            return recognized(
                    recognizePerson.recognize(request, images, holder.caller()),
                    sites.at(holder.site()).timeZone());
        }
    }

    private static Recognized recognized(Result result, ZoneId zone) {
        if (result instanceof Result.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        Result.Marked marked = (Result.Marked) result;
        Match match = marked.match();
        return new Recognized(
                true,
                match.userId().value(),
                match.name(),
                Numbers.rounded(match.confidence()),
                Numbers.rounded(match.similarity()),
                Numbers.rounded(match.threshold()),
                FaceView.LivenessView.of(match.liveness()),
                NewMark.of(marked.mark(), zone, marked.remainingToday()));
    }
}
