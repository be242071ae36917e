package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessScorer;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loaded models of an engine. Safe for use by several threads.
 *
 * @param liveness null when the engine has no liveness model
 */
record LoadedModels(
        OnnxModel detector,
        OnnxModel landmarks,
        OnnxModel embedder,
        @Nullable OnnxModel liveness) implements AutoCloseable {

    /**
     * Loads the models.
     *
     * @throws EngineException if a model is missing, damaged or of another shape than expected; then none stays loaded
     */
    static LoadedModels load(ModelSet set, boolean withLiveness) {
        List<OnnxModel> loaded = new ArrayList<>();
        try {
            loaded.add(FaceDetector.load(set.detector()));
            loaded.add(LandmarkFinder.load(set.landmarks()));
            loaded.add(FaceEmbedder.load(set.embedder()));
            OnnxModel liveness = withLiveness ? LivenessScorer.load(set.liveness()) : null;
            return new LoadedModels(loaded.get(0), loaded.get(1), loaded.get(2), liveness);
        } catch (EngineException e) {
            loaded.forEach(OnnxModel::close);
            throw e;
        }
    }

    @Override
    public void close() {
        detector.close();
        landmarks.close();
        embedder.close();
        if (liveness != null) {
            liveness.close();
        }
    }
}
