package dev.rollcall.http.api;

import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.QualityCheck;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.Numbers;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceFields;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.InspectFace;
import dev.rollcall.recognition.InspectFace.Inspection;
import dev.rollcall.recognition.InspectFace.Result;
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
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** POST /v1/inspect. */
@Path("/v1/inspect")
@Tag(name = "faces")
public final class InspectResource {

    private final InspectFace inspectFace;
    private final FaceRequestReader reader;

    @Inject
    InspectResource(InspectFace inspectFace, FaceRequestReader reader) {
        this.inspectFace = inspectFace;
        this.reader = reader;
    }

    @Schema(name = "Inspection", description = "What the engine sees in a picture, and who is most similar")
    record InspectionView(
            @Schema(description = "Where the face is") FaceView.BoxView face,

            @Schema(
                    description = "The 68 points of the face in the order of iBUG 300-W, x and y of each one after the"
                            + " other, in pixels of the upright picture; empty where they are not known")
            List<BigDecimal> points,

            @Schema(description = "The measured values with their limits, in the order in which they are checked")
            List<CheckView> checks,

            @Schema(description = "The liveness of the face; null when it was not measured")
            FaceView.@Nullable LivenessView liveness,

            @Schema(description = "The least confidence of a match at the site of the key")
            BigDecimal threshold,

            @Schema(description = "The most similar people at the site, most similar first; five at most")
            List<SimilarView> similar) {

        static InspectionView example() {
            return new InspectionView(
                    FaceView.BoxView.example(),
                    List.of(Numbers.rounded(104.21), Numbers.rounded(48.7)),
                    List.of(CheckView.example()),
                    FaceView.LivenessView.example(),
                    Numbers.rounded(0.8),
                    List.of(SimilarView.example()));
        }

        static InspectionView of(Inspection seen) {
            List<CheckView> checks = new ArrayList<>();
            for (int i = 0; i < seen.forRecognition().size(); i++) {
                checks.add(CheckView.of(
                        seen.forRecognition().get(i), seen.forEnrollment().get(i)));
            }
            return new InspectionView(
                    FaceView.BoxView.of(seen.face().detection()),
                    points(seen.shape()),
                    checks,
                    FaceView.LivenessView.of(seen.face().liveness()),
                    Numbers.rounded(seen.threshold()),
                    seen.similar().stream().map(SimilarView::of).toList());
        }

        private static List<BigDecimal> points(@Nullable FaceShape shape) {
            List<BigDecimal> numbers = new ArrayList<>();
            if (shape != null) {
                shape.points().forEach(point -> {
                    numbers.add(Numbers.rounded(point.x()));
                    numbers.add(Numbers.rounded(point.y()));
                });
            }
            return numbers;
        }
    }

    @Schema(name = "QualityCheck", description = "A measured value with its limits")
    record CheckView(
            @Schema(description = "The name of the value") String name,
            @Schema(description = "The measured value") BigDecimal value,

            @Schema(description = "The limits for recognition")
            LimitsView recognize,

            @Schema(description = "The limits for enrollment")
            LimitsView enroll) {

        static CheckView example() {
            return new CheckView(
                    "yaw",
                    Numbers.rounded(-9.5581),
                    new LimitsView(Numbers.rounded(-60), Numbers.rounded(60), true),
                    new LimitsView(Numbers.rounded(-50), Numbers.rounded(50), true));
        }

        static CheckView of(QualityCheck recognition, QualityCheck enrollment) {
            return new CheckView(
                    recognition.name(),
                    Numbers.rounded(recognition.value()),
                    LimitsView.of(recognition),
                    LimitsView.of(enrollment));
        }
    }

    @Schema(name = "QualityLimits", description = "The limits of a value")
    record LimitsView(
            @Schema(description = "The smallest accepted value; null without one") @Nullable
            BigDecimal least,

            @Schema(description = "The largest accepted value; null without one") @Nullable
            BigDecimal most,

            @Schema(description = "Whether the value is within them")
            boolean passes) {

        static LimitsView example() {
            return new LimitsView(Numbers.rounded(-60), Numbers.rounded(60), true);
        }

        static LimitsView of(QualityCheck check) {
            Double least = check.least();
            Double most = check.most();
            return new LimitsView(
                    least == null ? null : Numbers.rounded(least.doubleValue()),
                    most == null ? null : Numbers.rounded(most.doubleValue()),
                    check.passes());
        }
    }

    @Schema(name = "SimilarPerson", description = "A person, and how similar the face is")
    record SimilarView(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,

            @Schema(description = "How certain it is that the picture shows the person, 0 to 1")
            BigDecimal confidence,

            @Schema(description = "Cosine of the face and the nearest template, -1 to 1")
            BigDecimal similarity) {

        static SimilarView example() {
            return new SimilarView("geronimo", "Geronimo", Numbers.rounded(0.9993), Numbers.rounded(0.9999));
        }

        static SimilarView of(InspectFace.Similar similar) {
            return new SimilarView(
                    similar.userId().value(),
                    similar.name(),
                    Numbers.rounded(similar.confidence()),
                    Numbers.rounded(similar.similarity()));
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.PICTURE,
            scopes = Scope.ADMIN,
            refuses = {
                Code.INVALID_IMAGE,
                Code.UNSUPPORTED_IMAGE,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.NO_FACE
            })
    @Blocking
    @Operation(
            operationId = "inspect",
            summary = "See what the engine sees in a picture, and who is most similar; nothing is stored or logged")
    public InspectionView inspect(
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
        try (HeldFaceRequest held = reader.read(headers, body, FaceFields.NONE)) {
            List<byte[]> pictures = held.request().pictures();
            if (pictures.size() > 1) {
                throw RefusedException.invalid("images", "give one image");
            }
            Result result = inspectFace.inspect(pictures.get(0), holder.site());
            if (result instanceof Result.Refused refused) {
                throw new RefusedException(refused.refusal());
            }
            return InspectionView.of(((Result.Seen) result).inspection());
        }
    }
}
