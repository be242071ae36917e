package dev.rollcall.http.api;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Quality;
import dev.rollcall.http.problem.Numbers;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parts of an analysed face in responses. */
final class FaceView {

    private FaceView() {}

    /** A face box in pixels of the upright picture. */
    @Schema(name = "FaceBox", description = "A face box in pixels of the upright picture, as it was decoded")
    record BoxView(
            @Schema(description = "Left edge") int x,
            @Schema(description = "Upper edge") int y,
            @Schema(description = "Width") int width,
            @Schema(description = "Height") int height,

            @Schema(description = "How certain it is that this is a face, 0 to 1")
            BigDecimal score) {

        static BoxView example() {
            return new BoxView(104, 25, 45, 49, Numbers.rounded(0.9995));
        }

        static BoxView of(DetectedFace face) {
            Box box = face.box();
            return new BoxView(
                    Math.round(box.left()),
                    Math.round(box.top()),
                    Math.round(box.width()),
                    Math.round(box.height()),
                    Numbers.rounded(face.score()));
        }
    }

    @Schema(name = "Quality", description = "Measured quality of a face")
    record QualityView(
            @Schema(description = "Height of the face box in pixels")
            BigDecimal facePixels,

            @Schema(description = "Distance between the eyes in pixels")
            BigDecimal eyePixels,

            @Schema(description = "Part of the face within the picture, 0 to 1")
            BigDecimal visible,

            @Schema(description = "Degrees, positive when the face is turned to the viewer's right, -90 to 90")
            BigDecimal yaw,

            @Schema(description = "Degrees, positive when the face looks up, -90 to 90")
            BigDecimal pitch,

            @Schema(
                    description =
                            "Degrees, positive when the head is tilted clockwise as the viewer sees it, -180 to 180")
            BigDecimal roll,

            @Schema(description = "Mean brightness of the face, 0 to 255")
            BigDecimal faceLuminance,

            @Schema(description = "Mean brightness around the face, 0 to 255")
            BigDecimal surroundingsLuminance,

            @Schema(description = "Part of the face that is overexposed, 0 to 1")
            BigDecimal glare,

            @Schema(description = "About 0.005 for a strongly blurred face, 0.03 and more for a sharp one")
            BigDecimal sharpness,

            @Schema(description = "Length of the embedding before normalisation; the longer, the more reliable")
            BigDecimal embeddingNorm) {

        static QualityView example() {
            return new QualityView(
                    Numbers.rounded(48.9024),
                    Numbers.rounded(19.0223),
                    Numbers.rounded(1),
                    Numbers.rounded(-9.5581),
                    Numbers.rounded(-12.297),
                    Numbers.rounded(-4.3595),
                    Numbers.rounded(103.6428),
                    Numbers.rounded(128.3341),
                    Numbers.rounded(0),
                    Numbers.rounded(0.0486),
                    Numbers.rounded(4.385));
        }

        static QualityView of(Quality quality) {
            return new QualityView(
                    Numbers.rounded(quality.extent().facePixels()),
                    Numbers.rounded(quality.extent().eyePixels()),
                    Numbers.rounded(quality.extent().visible()),
                    Numbers.rounded(quality.pose().yaw()),
                    Numbers.rounded(quality.pose().pitch()),
                    Numbers.rounded(quality.pose().roll()),
                    Numbers.rounded(quality.light().face()),
                    Numbers.rounded(quality.light().surroundings()),
                    Numbers.rounded(quality.light().glare()),
                    Numbers.rounded(quality.sharpness()),
                    Numbers.rounded(quality.embeddingNorm()));
        }
    }

    /** A liveness score; absent when it was not measured. */
    @Schema(name = "Liveness", description = "Whether the face looks alive; live is score >= threshold")
    record LivenessView(
            @Schema(description = "The liveness score, 0 to 1")
            BigDecimal score,

            @Schema(description = "The least score of a live face")
            BigDecimal threshold,

            @Schema(description = "Whether the score reaches the threshold")
            boolean live) {

        static LivenessView example() {
            return new LivenessView(Numbers.rounded(0.9956), Numbers.rounded(0.3), true);
        }

        static @Nullable LivenessView of(@Nullable Liveness liveness) {
            return liveness == null
                    ? null
                    : new LivenessView(
                            Numbers.rounded(liveness.score()), Numbers.rounded(liveness.threshold()), liveness.live());
        }
    }
}
