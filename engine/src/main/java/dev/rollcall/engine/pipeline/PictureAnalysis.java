package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.AlignedFace;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.StageListener;
import dev.rollcall.engine.StageListener.Stage;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Rotation;
import dev.rollcall.engine.liveness.LivenessEnsemble;
import dev.rollcall.engine.pipeline.OrientedView.EmbeddedFace;
import dev.rollcall.engine.quality.ExtentMeter;
import dev.rollcall.engine.quality.LightMeter;
import dev.rollcall.engine.quality.NormLimits;
import dev.rollcall.engine.quality.PoseEstimator;
import dev.rollcall.engine.quality.QualityGate;
import dev.rollcall.engine.quality.Sharpness;
import dev.rollcall.engine.quality.SubjectRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One analysis of one decoded picture, from detection to the decision. Not safe for use by several threads at once. */
final class PictureAnalysis {

    private static final List<Rotation> OTHER_ROTATIONS = List.of(Rotation.HALF, Rotation.RIGHT, Rotation.LEFT);

    /**
     * How many times as long as the embedding of the picture as it is that of the rotated picture must be. On LFW this
     * rotates one upright picture in 3,074; bench/results/quality.md shows how many rotated ones it recovers.
     */
    private static final float MIN_NORM_GAIN = 1.2f;

    private final Image picture;
    private final AnalysisBuffers buffers;
    private final NormLimits norms;
    private final AnalysisRules rules;
    private final StageListener listener;
    private final AnalysisRequest request;

    PictureAnalysis(Image picture, AnalysisRequest request, AnalysisBuffers buffers, NormLimits norms) {
        this.picture = picture;
        this.request = request;
        this.buffers = buffers;
        this.norms = norms;
        this.rules = request.rules();
        this.listener = request.listener();
    }

    Analysis run() {
        List<DetectedFace> faces = detect(picture);
        LivenessEnsemble ensemble = rules.liveness() == LivenessMode.OFF ? null : buffers.liveness();
        if (ensemble == null || faces.isEmpty()) {
            return decide(
                    bestView(faces),
                    view -> ensemble == null ? null : liveness(ensemble, view.image(), view.detection()));
        }
        StealableTask<Liveness> unrotated =
                StealableTask.offered(request.helper(), () -> liveness(ensemble, picture, faces.get(0)));
        try {
            return decide(bestView(faces), view -> {
                if (view.rotation() == Rotation.NONE) {
                    return unrotated.result();
                }
                unrotated.cancelOrAwait();
                return liveness(ensemble, view.image(), view.detection());
            });
        } finally {
            unrotated.cancelOrAwait();
        }
    }

    private Analysis decide(OrientedView view, Function<OrientedView, @Nullable Liveness> livenessOf) {
        QualityGate gate = new QualityGate(rules, norms);
        Optional<Rejection> unusable = gate.checkDetections(
                view.faces(), view.image().width(), view.image().height());
        EmbeddedFace face = view.primary();
        if (unusable.isPresent() || face == null) {
            return new Analysis.Rejected(unusable.orElseGet(QualityGate::noFace));
        }
        Quality quality = listener.timed(Stage.QUALITY, () -> quality(view, face));
        Optional<Rejection> poor = gate.checkAppearance(quality).or(() -> gate.checkCoverings(face.aligned()));
        if (poor.isPresent()) {
            return new Analysis.Rejected(poor.get());
        }
        Liveness liveness = livenessOf.apply(view);
        if (liveness != null && rules.liveness() == LivenessMode.ENFORCE && !liveness.live()) {
            return new Analysis.Rejected(spoof(liveness));
        }
        return gate.checkNorm(quality, face.aligned())
                .<Analysis>map(Analysis.Rejected::new)
                .orElseGet(() -> new Analysis.Accepted(
                        new Face(
                                view.detectionIn(picture),
                                view.landmarksIn(picture, face),
                                face.embedding(),
                                quality,
                                liveness,
                                face.aligned()),
                        view.shapeIn(picture, face),
                        rules.otherFaces() == OtherFaces.BYSTANDERS ? bystanders(view) : List.of()));
    }

    /** The embeddings of the other people in front of the camera. Overwrites the aligned face of the subject. */
    private List<Embedding> bystanders(OrientedView view) {
        return SubjectRule.others(view.faces()).stream()
                .flatMap(other -> Optional.ofNullable(embed(view.image(), other.box())).stream())
                .map(EmbeddedFace::embedding)
                .toList();
    }

    /**
     * The picture as it is, or rotated when that makes a clearer face. A face on its side is often detected, but its
     * landmarks are worthless and its embedding is short; upright, the embedding is longest. A face of the rotated
     * picture must be clear enough for recognition, because each further rotation is one more chance of a false
     * detection.
     */
    private OrientedView bestView(List<DetectedFace> faces) {
        OrientedView unrotated = embedPrimary(picture, Rotation.NONE, faces);
        if (unrotated.norm() >= norms.upright()) {
            return unrotated;
        }
        OrientedView best = unrotated;
        for (Rotation rotation : OTHER_ROTATIONS) {
            Image image = picture.rotated(rotation);
            OrientedView rotated = embedPrimary(image, rotation, detect(image));
            if (rotated.norm() > best.norm()) {
                best = rotated;
            }
        }
        return best.norm() > Math.max(MIN_NORM_GAIN * unrotated.norm(), norms.standard()) ? best : unrotated;
    }

    private List<DetectedFace> detect(Image image) {
        return listener.timed(Stage.DETECT, () -> buffers.detector().detect(image, request.helper()));
    }

    private OrientedView embedPrimary(Image image, Rotation rotation, List<DetectedFace> faces) {
        if (faces.isEmpty()) {
            return new OrientedView(rotation, image, faces, null);
        }
        EmbeddedFace face = embed(image, faces.get(0).box());
        return face == null
                ? new OrientedView(rotation, image, List.of(), null)
                : new OrientedView(rotation, image, faces, face);
    }

    /** The face in a box; null when its embedding has no length. */
    private @Nullable EmbeddedFace embed(Image image, Box box) {
        FaceShape shape =
                listener.timed(Stage.LANDMARKS, () -> buffers.landmarkFinder().find(image, box));
        long start = System.nanoTime();
        buffers.aligner().align(image, shape.landmarks(), buffers.embedder().crop());
        listener.took(Stage.ALIGN, System.nanoTime() - start);
        float[] raw = listener.timed(Stage.EMBED, () -> buffers.embedder().embed(request.helper()));
        float norm = (float) Embedding.norm(raw);
        if (!(norm > 0 && norm < Float.MAX_VALUE)) {
            return null;
        }
        Planes crop = buffers.embedder().crop();
        return new EmbeddedFace(
                shape, Embedding.normalized(raw), norm, Sharpness.measure(crop), new AlignedFace(crop.greenPixels()));
    }

    private static Quality quality(OrientedView view, EmbeddedFace face) {
        Box box = view.detection().box();
        return new Quality(
                ExtentMeter.measure(view.image(), box, face.shape()),
                PoseEstimator.estimate(face.shape()),
                LightMeter.measure(view.image(), box),
                face.sharpness(),
                face.norm());
    }

    private Liveness liveness(LivenessEnsemble ensemble, Image image, DetectedFace face) {
        return listener.timed(Stage.LIVENESS, () -> ensemble.score(image, face.box(), rules.livenessThreshold()));
    }

    private static Rejection spoof(Liveness liveness) {
        return new Rejection(
                Reason.SPOOF_SUSPECTED,
                "The picture doesn't look like a living face in front of the camera.",
                Map.of("liveness", liveness.score(), "threshold", liveness.threshold()));
    }
}
