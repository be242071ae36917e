package dev.rollcall.engine;

import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessScorer;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.quality.QualityGate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of an analysis with the buffers of one thread. Not safe for use by several threads at once. */
final class Lane implements AutoCloseable {

    private final FaceDetector detector;
    private final LandmarkFinder landmarkFinder;
    private final FaceEmbedder embedder;
    private final @Nullable LivenessScorer livenessScorer;

    Lane(OnnxModel detector, OnnxModel landmarks, OnnxModel embedder, @Nullable OnnxModel liveness) {
        Resampler resampler = new Resampler();
        this.detector = new FaceDetector(detector, resampler);
        this.landmarkFinder = new LandmarkFinder(landmarks, resampler);
        this.embedder = new FaceEmbedder(embedder);
        this.livenessScorer = liveness == null ? null : new LivenessScorer(liveness);
    }

    Analysis analyze(Image image, AnalysisRules rules) {
        List<DetectedFace> faces = detector.detect(image);
        Optional<Rejection> unusable = QualityGate.checkDetections(faces, rules);
        if (unusable.isPresent()) {
            return new Analysis.Rejected(unusable.get());
        }
        DetectedFace face = faces.get(0);
        Liveness liveness = liveness(image, face, rules);
        if (liveness != null && rules.liveness() == LivenessMode.ENFORCE && !liveness.live()) {
            return new Analysis.Rejected(spoof(liveness));
        }
        return embed(image, face, liveness, rules);
    }

    private Analysis embed(Image image, DetectedFace face, @Nullable Liveness liveness, AnalysisRules rules) {
        Landmarks landmarks = landmarkFinder.find(image, face.box());
        float[] raw = embedder.embed(image, landmarks);
        Quality quality = new Quality(face.box().height(), landmarks.eyeDistance(), (float) Embedding.norm(raw));
        return QualityGate.check(quality, rules)
                .<Analysis>map(Analysis.Rejected::new)
                .orElseGet(() ->
                        new Analysis.Accepted(new Face(face, landmarks, Embedding.normalized(raw), quality, liveness)));
    }

    private @Nullable Liveness liveness(Image image, DetectedFace face, AnalysisRules rules) {
        if (livenessScorer == null || rules.liveness() == LivenessMode.OFF) {
            return null;
        }
        return new Liveness(livenessScorer.score(image, face.box()), rules.livenessThreshold());
    }

    private static Rejection spoof(Liveness liveness) {
        return new Rejection(
                Reason.SPOOF_SUSPECTED,
                "The picture doesn't look like a living face in front of the camera.",
                Map.of("liveness", liveness.score(), "threshold", liveness.threshold()));
    }

    @Override
    public void close() {
        detector.close();
        landmarkFinder.close();
        embedder.close();
        if (livenessScorer != null) {
            livenessScorer.close();
        }
    }
}
