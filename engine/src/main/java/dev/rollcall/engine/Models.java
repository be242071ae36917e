package dev.rollcall.engine;

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
 * The loaded models of an engine.
 *
 * @param liveness null when the engine does without
 */
record Models(
        OnnxModel detector,
        OnnxModel landmarks,
        OnnxModel embedder,
        @Nullable OnnxModel liveness) implements AutoCloseable {

    /** Loads the models; when one is broken, none stays loaded. */
    static Models load(ModelSet set, boolean withLiveness) {
        List<OnnxModel> loaded = new ArrayList<>();
        try {
            loaded.add(FaceDetector.load(set.detector()));
            loaded.add(LandmarkFinder.load(set.landmarks()));
            loaded.add(FaceEmbedder.load(set.embedder()));
            OnnxModel liveness = withLiveness ? LivenessScorer.load(set.liveness()) : null;
            return new Models(loaded.get(0), loaded.get(1), loaded.get(2), liveness);
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
