package dev.rollcall.http.api;

import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict.Judged;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.admission.RequestLimits;
import dev.rollcall.http.problem.Problem;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.GiveHints;
import dev.rollcall.recognition.GiveHints.Purpose;
import dev.rollcall.recognition.GiveHints.Result;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** POST /v1/hints. */
@Path("/v1/hints")
@Tag(name = "faces")
public final class HintResource {

    /** Largest frame in bytes: several times what a JPEG of 640 pixels has. */
    static final int MAX_FRAME_BYTES = 1_000_000;

    static final int MAX_BODY_BYTES = (MAX_FRAME_BYTES + 2) / 3 * 4 + RequestLimits.OTHER_FIELDS;

    private static final Pattern WIDTH = Pattern.compile("\\d{1,5}");

    private final GiveHints hints;
    private final FaceRequestReader reader;

    @Inject
    HintResource(GiveHints hints, FaceRequestReader reader) {
        this.hints = hints;
        this.reader = reader;
    }

    /** The response: what to improve, and where the face is. */
    @Schema(name = "FrameHint", description = "Whether a picture taken now would be good enough, and what to improve")
    record HintView(
            @Schema(description = "Whether nothing in the frame speaks against sending the full picture now")
            boolean ready,

            @Schema(
                    implementation = HintCode.class,
                    description =
                            "What to improve first; null when there is nothing. Even with ready it can be EYES_COVERED"
                                    + " or MOUTH_COVERED, for many covered faces are not recognised")
            @Nullable
            String hint,

            @Schema(description = "The hint in the language that Content-Language names; null without a hint") @Nullable
            String message,

            @Schema(description = "Where the most prominent face is, in pixels of the frame; null without a face")
            FaceView.@Nullable BoxView face,

            @Schema(description = "Width of the frame in pixels, upright")
            int width,

            @Schema(description = "Height of the frame in pixels, upright")
            int height) {

        static HintView example() {
            return new HintView(
                    false,
                    HintCode.FACE_TOO_SMALL.name(),
                    "A little closer, please.",
                    FaceView.BoxView.example(),
                    640,
                    360);
        }

        static HintView of(Judged frame, @Nullable Refusal advice, @Nullable String message) {
            return new HintView(
                    frame.ready(),
                    advice == null ? null : HintCode.of(advice).name(),
                    message,
                    frame.face() == null ? null : FaceView.BoxView.of(frame.face()),
                    frame.width(),
                    frame.height());
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.FRAME,
            scopes = {Scope.RECOGNIZE, Scope.SELF},
            refuses = {
                Code.INVALID_IMAGE,
                Code.UNSUPPORTED_IMAGE,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.SITE_NOT_FOUND
            },
            maxBodyBytes = MAX_BODY_BYTES)
    @Blocking
    @Operation(
            operationId = "hint",
            summary =
                    "See by a small frame whether the face is good to recognise, and what to improve; nothing is stored,"
                            + " logged, marked or counted")
    public HintView hint(
            @QueryParam("full_width")
                    @Parameter(
                            description =
                                    "Width of the picture that will be sent afterwards, in pixels; that of the frame"
                                            + " if absent. Sizes are judged as in that picture",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "16383"))
                    @Nullable
                    String fullWidth,
            @QueryParam("purpose")
                    @Parameter(
                            description = "What that picture is for; recognize if absent",
                            schema = @Schema(enumeration = {"recognize", "identify", "enroll"}))
                    @Nullable
                    String purpose,
            @Context HttpHeaders headers,
            @Context SecurityContext security,
            @Context RoutingContext context,
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
        Purpose wanted = purpose(purpose);
        int width = width(fullWidth);
        KeyHolder holder = KeyHolder.of(security);
        try (HeldFaceRequest held = reader.read(headers, body, MAX_FRAME_BYTES)) {
            List<byte[]> frames = held.request().pictures();
            if (frames.size() > 1) {
                throw RefusedException.invalid("images", "give one image");
            }
            Result result = hints.look(frames.get(0), holder.site(), wanted, width);
            if (result instanceof Result.Refused refused) {
                throw new RefusedException(refused.refusal());
            }
            Result.Seen seen = (Result.Seen) result;
            Refusal advice = seen.advice().orElse(null);
            return HintView.of(seen.frame(), advice, advice == null ? null : Problem.sentence(advice, context));
        }
    }

    private static Purpose purpose(@Nullable String text) {
        return text == null
                ? Purpose.RECOGNIZE
                : Arrays.stream(Purpose.values())
                        .filter(purpose ->
                                purpose.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst()
                        .orElseThrow(() ->
                                RefusedException.invalid("purpose", "purpose must be recognize, identify or enroll"));
    }

    /** The width of the full picture; 0 for that of the frame. */
    private static int width(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int width = WIDTH.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (width < 1 || width > FrameRules.MAX_FULL_WIDTH) {
            throw RefusedException.invalid("full_width", "full_width must be 1 to " + FrameRules.MAX_FULL_WIDTH);
        }
        return width;
    }
}
