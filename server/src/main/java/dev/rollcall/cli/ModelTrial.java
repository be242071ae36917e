package dev.rollcall.cli;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Liveness.ModelScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trial of an engine's models on the portraits. */
final class ModelTrial {

    private static final AnalysisRules RULES = new AnalysisRules(
            QualityLevel.OFF, 0, false, LivenessMode.MONITOR, AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);

    private static final double NO_FACE = -1;

    private ModelTrial() {}

    /**
     * The liveness scores of a picture.
     *
     * @param combined the score that decides, 0…1
     * @param models the score of each model
     */
    record Scores(double combined, List<ModelScore> models) {

        Scores {
            models = List.copyOf(models);
        }

        private static Scores of(Liveness liveness) {
            return new Scores(liveness.score(), liveness.models());
        }
    }

    /**
     * What the models make of a portrait.
     *
     * @param norm length of its embedding; 0 when no face was found
     * @param itself its similarity to another picture of itself: larger, brighter, and turned by 5°; −1 without a face
     * @param others that of the most similar other portrait
     */
    record Portrait(String name, double norm, double itself, double others, Scores liveness) {

        boolean recognised() {
            return itself > others;
        }
    }

    /** Tries all portraits. */
    static List<Portrait> ofPortraits(FaceEngine engine) throws IOException {
        Map<String, Optional<Face>> faces = new LinkedHashMap<>();
        Map<String, Optional<Face>> again = new LinkedHashMap<>();
        for (String name : DemoPictures.all()) {
            faces.put(name, face(engine, DemoPictures.portrait(name)));
            again.put(name, face(engine, DemoPictures.anotherPicture(name)));
        }
        List<Portrait> portraits = new ArrayList<>();
        faces.forEach((name, face) -> {
            double others = faces.entrySet().stream()
                    .filter(other -> !other.getKey().equals(name))
                    .mapToDouble(other -> similarity(face, other.getValue()))
                    .max()
                    .orElse(NO_FACE);
            portraits.add(new Portrait(
                    name,
                    face.map(found -> found.quality().embeddingNorm()).orElse(0f),
                    similarity(face, again.getOrDefault(name, Optional.empty())),
                    others,
                    face.map(Face::liveness).map(Scores::of).orElse(new Scores(0, List.of()))));
        });
        return portraits;
    }

    /** The liveness scores of a picture's most prominent face; empty when there is none. */
    static Optional<Scores> liveness(FaceEngine engine, byte[] picture) {
        return face(engine, picture).map(Face::liveness).map(Scores::of);
    }

    private static Optional<Face> face(FaceEngine engine, byte[] picture) {
        return engine.analyze(picture, RULES) instanceof Analysis.Accepted accepted
                ? Optional.of(accepted.face())
                : Optional.empty();
    }

    private static double similarity(Optional<Face> one, Optional<Face> other) {
        return one.flatMap(face -> other.map(second -> face.embedding().similarity(second.embedding())))
                .orElse(NO_FACE);
    }
}
