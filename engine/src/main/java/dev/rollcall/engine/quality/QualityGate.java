package dev.rollcall.engine.quality;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether faces are good enough for the rules. Holds no state: safe for use by several threads. */
public final class QualityGate {

    /**
     * Height, as a part of the most prominent face's, from which a second face is a second person in front of the camera rather
     * than somebody in the background.
     */
    static final float COMPARABLE_HEIGHT = 0.6f;

    /** Score from which a second detection is a person rather than a pattern that resembles one. */
    static final float SURE_SCORE = 0.9f;

    private QualityGate() {}

    /**
     * Looks at what the detector found, before anything costly is done with it.
     *
     * @param faces the most prominent first
     */
    public static Optional<Rejection> checkDetections(List<DetectedFace> faces, AnalysisRules rules) {
        if (faces.isEmpty()) {
            return Optional.of(
                    new Rejection(Reason.NO_FACE, "No face was found. Look into the camera, with light on the face."));
        }
        float height = faces.get(0).box().height();
        long others = faces.stream()
                .skip(1)
                .filter(face -> face.score() >= SURE_SCORE && face.box().height() >= COMPARABLE_HEIGHT * height)
                .count();
        if (rules.soleFace() && others > 0) {
            return Optional.of(new Rejection(
                    Reason.MULTIPLE_FACES,
                    "Several faces are in front of the camera. One person at a time, please.",
                    Map.of("faces", others + 1)));
        }
        if (height < rules.minFacePixels()) {
            return Optional.of(new Rejection(
                    Reason.LOW_QUALITY,
                    "The face is too small. Come closer to the camera.",
                    Map.of(
                            "reason",
                            "FACE_TOO_SMALL",
                            "face_pixels",
                            height,
                            "min_face_pixels",
                            rules.minFacePixels())));
        }
        return Optional.empty();
    }

    /** Looks at the measured face; the embedding's length has the last word. */
    public static Optional<Rejection> check(Quality quality, AnalysisRules rules) {
        float limit = rules.quality().minEmbeddingNorm();
        if (quality.embeddingNorm() >= limit) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                Reason.LOW_QUALITY,
                "The face is not clear enough. Hold the camera upright and still, face it, and turn to the light.",
                Map.of(
                        "reason",
                        "FACE_UNCLEAR",
                        "embedding_norm",
                        quality.embeddingNorm(),
                        "min_embedding_norm",
                        limit)));
    }
}
