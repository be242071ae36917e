package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessScorer;
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.onnx.ModelSpec;
import dev.rollcall.engine.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The loaded models of an engine. Safe for use by several threads.
 *
 * @param liveness empty when the engine has no liveness
 */
record LoadedModels(OnnxModel detector, OnnxModel landmarks, OnnxModel embedder, List<OnnxModel> liveness)
        implements AutoCloseable {

    LoadedModels {
        liveness = List.copyOf(liveness);
    }

    /**
     * Loads the models.
     *
     * @throws EngineException if a model is missing, damaged or of another shape than expected; then none stays loaded
     */
    static LoadedModels load(ModelRuntime runtime, ModelSet set, boolean withLiveness) {
        List<OnnxModel> loaded = new ArrayList<>();
        try {
            loaded.add(FaceDetector.load(runtime, set.detector()));
            loaded.add(LandmarkFinder.load(runtime, set.landmarks()));
            loaded.add(FaceEmbedder.load(runtime, set.embedder()));
            for (ModelSpec liveness : withLiveness ? set.liveness() : List.<ModelSpec>of()) {
                loaded.add(LivenessScorer.load(runtime, liveness));
            }
            return new LoadedModels(loaded.get(0), loaded.get(1), loaded.get(2), loaded.subList(3, loaded.size()));
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
        liveness.forEach(OnnxModel::close);
    }
}
