package dev.rollcall.engine.liveness;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Liveness.ModelScore;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;

/** The liveness models together: the score is the weighted mean of theirs. Keeps buffers: one instance per thread. */
public final class LivenessEnsemble implements AutoCloseable {

    private final List<LivenessScorer> scorers;

    /**
     * Allocates the buffers.
     *
     * @param models at least one, loaded by {@link LivenessScorer#load}
     */
    public LivenessEnsemble(List<OnnxModel> models) {
        scorers = models.stream().map(LivenessScorer::new).toList();
    }

    /** Scores the face in the given box. */
    public Liveness score(Image image, Box face, double threshold) {
        List<ModelScore> scores = new ArrayList<>();
        double sum = 0;
        double weights = 0;
        for (LivenessScorer scorer : scorers) {
            double score = scorer.score(image, face);
            scores.add(new ModelScore(scorer.name(), score));
            sum += scorer.weight() * score;
            weights += scorer.weight();
        }
        return new Liveness(sum / weights, threshold, scores);
    }

    @Override
    public void close() {
        scorers.forEach(LivenessScorer::close);
    }
}
