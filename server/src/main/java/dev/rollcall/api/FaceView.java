package dev.rollcall.api;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Quality;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How the parts of a face are written in answers. */
final class FaceView {

    private FaceView() {}

    /** A face box in pixels of the upright picture. */
    record BoxView(int x, int y, int width, int height, BigDecimal score) {

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

    /** Measured quality. */
    record QualityView(BigDecimal facePixels, BigDecimal eyePixels, BigDecimal embeddingNorm) {

        static QualityView of(Quality quality) {
            return new QualityView(
                    Numbers.rounded(quality.facePixels()),
                    Numbers.rounded(quality.eyePixels()),
                    Numbers.rounded(quality.embeddingNorm()));
        }
    }

    /** A liveness score; absent when it was not measured. */
    record LivenessView(BigDecimal score, BigDecimal threshold, boolean live) {

        static @Nullable LivenessView of(@Nullable Liveness liveness) {
            return liveness == null
                    ? null
                    : new LivenessView(
                            Numbers.rounded(liveness.score()), Numbers.rounded(liveness.threshold()), liveness.live());
        }
    }
}
