package dev.rollcall.recognition;

import dev.rollcall.engine.match.Calibration;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule that the images of one request show the same face. */
final class SameFace {

    /**
     * Least confidence between any two images; cosine 0.498. Of 498 runs of five successive frames of one person 2 have a pair
     * below, of the 407 in strict quality none. Pairs of different people reach it in 3.5 of a million cases in LFW and
     * in 340 of a million within one studio's set: bench/results/images.md.
     */
    static final double CONFIDENCE = 0.87;

    private SameFace() {}

    /** Refuses images that show different people, and names the two most different images; empty if all show the same face. */
    static Optional<Refusal> mixture(List<ImageFace> faces, Calibration calibration) {
        double least = 1;
        List<Integer> images = List.of();
        for (int i = 0; i < faces.size(); i++) {
            for (int j = i + 1; j < faces.size(); j++) {
                double similarity = faces.get(i)
                        .face()
                        .embedding()
                        .similarity(faces.get(j).face().embedding());
                if (similarity < least) {
                    least = similarity;
                    images = List.of(faces.get(i).image(), faces.get(j).image());
                }
            }
        }
        double confidence = calibration.confidence(least);
        return images.isEmpty() || confidence >= CONFIDENCE
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Code.DIFFERENT_FACES,
                        "The images show different people.",
                        Map.of("confidence", confidence, "threshold", CONFIDENCE, "images", images)));
    }
}
