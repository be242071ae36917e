package dev.rollcall.http.api;

import dev.rollcall.engine.Box;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.admission.RequestLimits;
import dev.rollcall.http.problem.Numbers;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.challenge.ChallengeStore.Device;
import dev.rollcall.recognition.challenge.Challenges;
import dev.rollcall.recognition.challenge.Challenges.Result;
import dev.rollcall.recognition.challenge.Hint;
import dev.rollcall.recognition.challenge.Progress;
import dev.rollcall.recognition.challenge.Progress.Phase;
import dev.rollcall.recognition.challenge.Turn;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** POST /v1/challenges and /v1/challenges/{id}/frames. */
@Path("/v1/challenges")
@Tag(name = "faces")
public final class ChallengeResource {

    static final int MAX_BODY_BYTES = (Challenges.MOST_FRAME_BYTES + 2) / 3 * 4 + RequestLimits.OTHER_FIELDS;

    private final Challenges challenges;
    private final FaceRequestReader reader;

    @Inject
    ChallengeResource(Challenges challenges, FaceRequestReader reader) {
        this.challenges = challenges;
        this.reader = reader;
    }

    @Schema(name = "Challenge", description = "How far a head-turn challenge has come, and what to do next")
    record ChallengeView(
            @Schema(description = "The id of the challenge, for its frames")
            String id,

            @Schema(description = "How many turns there are")
            int steps,

            @Schema(description = "The turn that is to be made now, from 0")
            int step,

            @Schema(implementation = Phase.class) String phase,

            @Schema(
                    implementation = Turn.class,
                    description =
                            "Where to turn the head, by the person's own left and right; null before the turn begins")
            @Nullable
            String turn,

            @Schema(implementation = Hint.class) String hint,

            @Schema(description = "The part of the whole that is done, 0 to 1")
            BigDecimal progress,

            @Schema(description = "The face in the frame; null without one") @Nullable
            FrameBox face,

            @Schema(description = "Whether the challenge was passed")
            boolean done,

            @Schema(description = "The challenge_token of one marking call; null before the challenge was passed")
            @Nullable
            String token,

            @Schema(description = "Until when the challenge, or then its token, is valid")
            Instant expiresAt) {

        static ChallengeView example() {
            return new ChallengeView(
                    "h8Qy0cVbN3mXzK5sT1wLrUeA9dFgJ2iPo7tCqRnYvE4",
                    2,
                    0,
                    "hold",
                    "left",
                    "hold",
                    Numbers.rounded(0.3127),
                    FrameBox.example(),
                    false,
                    null,
                    Instant.parse("2026-11-22T08:00:20Z"));
        }

        static ChallengeView openExample() {
            return new ChallengeView(
                    "h8Qy0cVbN3mXzK5sT1wLrUeA9dFgJ2iPo7tCqRnYvE4",
                    2,
                    0,
                    "straight",
                    null,
                    "look_straight",
                    Numbers.rounded(0.0),
                    null,
                    false,
                    null,
                    Instant.parse("2026-11-22T08:00:20Z"));
        }

        static ChallengeView of(Result.State state) {
            Progress progress = state.progress();
            Phase phase = progress.place().phase();
            boolean isTurning = phase != Phase.STRAIGHT && phase != Phase.DONE;
            return new ChallengeView(
                    state.id(),
                    progress.steps().size(),
                    progress.place().step(),
                    lower(phase),
                    isTurning ? lower(progress.current().turn()) : null,
                    lower(state.hint()),
                    Numbers.rounded(progress.share()),
                    FrameBox.of(state),
                    phase == Phase.DONE,
                    state.token(),
                    state.expiresAt());
        }
    }

    @Schema(name = "FrameBox", description = "Where the face is, in pixels of the frame")
    record FrameBox(
            @Schema(description = "Left edge") int x,
            @Schema(description = "Upper edge") int y,
            @Schema(description = "Width") int width,
            @Schema(description = "Height") int height) {

        static FrameBox example() {
            return new FrameBox(204, 118, 141, 186);
        }

        static @Nullable FrameBox of(Result.State state) {
            Box box = state.face();
            return box == null
                    ? null
                    : new FrameBox(
                            Math.round(box.left()),
                            Math.round(box.top()),
                            Math.round(box.width()),
                            Math.round(box.height()));
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.KIOSK,
            scopes = {Scope.RECOGNIZE, Scope.SELF},
            refuses = Code.SITE_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "openChallenge",
            summary = "Begin a head-turn challenge of two or three random turns, within 20 seconds")
    public ChallengeView open(@Context SecurityContext context) {
        return view(challenges.open(device(KeyHolder.of(context))));
    }

    @POST
    @Path("/{id}/frames")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.PICTURE,
            scopes = {Scope.RECOGNIZE, Scope.SELF},
            refuses = {
                Code.INVALID_IMAGE,
                Code.UNSUPPORTED_IMAGE,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.CHALLENGE_FAILED,
                Code.CHALLENGE_EXPIRED
            },
            maxBodyBytes = MAX_BODY_BYTES)
    @Blocking
    @Operation(
            operationId = "sendChallengeFrame",
            summary = "Send the camera's next picture for a challenge, and learn what the person is to do")
    public ChallengeView frame(
            @Parameter(description = "The id of the challenge") @PathParam("id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = FaceBodies.Inspect.class)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA,
                                        schema = @Schema(implementation = FaceBodies.InspectForm.class))
                            })
                    InputStream body) {
        KeyHolder holder = KeyHolder.of(context);
        try (HeldFaceRequest held = reader.read(headers, body, Challenges.MOST_FRAME_BYTES)) {
            List<byte[]> pictures = held.request().pictures();
            if (pictures.size() > 1) {
                throw RefusedException.invalid("images", "give one image");
            }
            return view(challenges.frame(id, pictures.get(0), device(holder), holder.caller()));
        }
    }

    private static Device device(KeyHolder holder) {
        return new Device(holder.keyHash(), holder.site());
    }

    private static ChallengeView view(Result result) {
        if (result instanceof Result.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        return ChallengeView.of((Result.State) result);
    }
}
