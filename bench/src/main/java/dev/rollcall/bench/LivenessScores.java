package dev.rollcall.bench;

import dev.rollcall.bench.LivenessTrial.Scored;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Liveness.ModelScore;
import dev.rollcall.engine.RuntimeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * The liveness scores of pictures: of each model, of all together as the engine combines them, and, with several models, of
 * the lowest of them and of the geometric mean.
 *
 * @param byName the scores of the pictures that have a face, by the name of the score
 * @param unanswered how many pictures had no usable face, by kind; those of living faces begin with {@code +}
 */
record LivenessScores(Map<String, List<Scored>> byName, SortedMap<String, Integer> unanswered) {

    /** The score that the engine decides by. */
    static final String COMBINED = "combined";

    /**
     * Scores pictures, one after another.
     *
     * @param models a folder with models of one's own, or null for the built-in ones
     */
    static LivenessScores of(List<Presentation> pictures, QualityLevel quality, @Nullable Path models) {
        AnalysisRules rules =
                new AnalysisRules(quality, 0, false, LivenessMode.MONITOR, AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);
        Map<String, List<Scored>> byName = new LinkedHashMap<>();
        SortedMap<String, Integer> unanswered = new TreeMap<>();
        EngineOptions options =
                new EngineOptions(25, EngineOptions.DEFAULT_PICTURE_BYTES, true, RuntimeOptions.automatic(), models);
        try (FaceEngine engine = new FaceEngine(options);
                ProgressBar progress = new ProgressBar("pictures", pictures.size())) {
            for (Presentation picture : pictures) {
                Pictures.face(engine, picture.bytes(), rules)
                        .ifPresentOrElse(
                                face -> named(Objects.requireNonNull(face.liveness()))
                                        .forEach((name, score) -> byName.computeIfAbsent(
                                                        name, unused -> new ArrayList<>())
                                                .add(new Scored(picture, score))),
                                () -> unanswered.merge((picture.live() ? "+" : "") + picture.kind(), 1, Integer::sum));
                progress.step();
            }
        }
        return new LivenessScores(byName, unanswered);
    }

    private static Map<String, Double> named(Liveness liveness) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(COMBINED, liveness.score());
        List<ModelScore> models = liveness.models();
        if (models.size() > 1) {
            models.forEach(model -> scores.put(model.model(), model.score()));
            double[] each = models.stream().mapToDouble(ModelScore::score).toArray();
            double product = 1;
            double least = 1;
            for (double score : each) {
                product *= score;
                least = Math.min(least, score);
            }
            scores.put("lowest", least);
            scores.put("geometric mean", Math.pow(product, 1.0 / each.length));
        }
        return scores;
    }
}
