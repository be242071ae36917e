package dev.rollcall.engine;

import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.StageListener.Stage;
import dev.rollcall.engine.align.FaceAligner;
import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.image.Canvas;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.PictureMemory;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.image.Turn;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessScorer;
import dev.rollcall.engine.quality.LightMeter;
import dev.rollcall.engine.quality.NormLimits;
import dev.rollcall.engine.quality.PoseEstimator;
import dev.rollcall.engine.quality.QualityGate;
import dev.rollcall.engine.quality.Sharpness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps of an analysis with the buffers of one thread. Not safe for use by several threads at once. */
final class Lane implements AutoCloseable {

    private static final List<Turn> OTHER_TURNS = List.of(Turn.HALF, Turn.RIGHT, Turn.LEFT);

    /**
     * How many times as long as the embedding of the picture as it is that of the turned picture must be. On LFW this
     * turns one upright picture in 3,074; docs/thresholds.md shows how many turned ones it recovers.
     */
    private static final float CLEARER = 1.2f;

    private final FaceDetector detector;
    private final LandmarkFinder landmarkFinder;
    private final FaceAligner aligner = new FaceAligner();
    private final FaceEmbedder embedder;
    private final @Nullable LivenessScorer livenessScorer;
    private final NormLimits norms;
    private final Canvas canvas;

    Lane(Models models, PictureMemory memory) {
        this.canvas = new Canvas(memory);
        Resampler resampler = new Resampler();
        this.detector = new FaceDetector(models.detector(), resampler);
        this.landmarkFinder = new LandmarkFinder(models.landmarks(), resampler);
        this.embedder = new FaceEmbedder(models.embedder());
        this.livenessScorer = models.liveness() == null ? null : new LivenessScorer(models.liveness());
        this.norms = NormLimits.of(models.embedder().spec());
    }

    /** Where the picture to analyse is decoded. */
    Canvas canvas() {
        return canvas;
    }

    Analysis analyze(Image picture, Order order) {
        List<DetectedFace> faces = detect(picture, order);
        LivenessScorer scorer = order.rules().liveness() == LivenessMode.OFF ? null : livenessScorer;
        if (scorer == null || faces.isEmpty()) {
            return judged(
                    picture,
                    bestReading(picture, faces, order),
                    order,
                    reading -> scorer == null ? null : liveness(scorer, reading.view(), reading.face(), order));
        }
        Aside<Liveness> upright = Aside.offered(order.spare(), () -> liveness(scorer, picture, faces.get(0), order));
        try {
            return judged(picture, bestReading(picture, faces, order), order, reading -> {
                if (reading.turn() == Turn.NONE) {
                    return upright.result();
                }
                upright.settle();
                return liveness(scorer, reading.view(), reading.face(), order);
            });
        } finally {
            upright.settle();
        }
    }

    private Analysis judged(
            Image picture, Reading reading, Order order, Function<Reading, @Nullable Liveness> livenessOf) {
        QualityGate gate = new QualityGate(order.rules(), norms);
        Optional<Rejection> unusable = gate.checkDetections(reading.faces());
        Reading.Portrait portrait = reading.portrait();
        if (unusable.isPresent() || portrait == null) {
            return new Analysis.Rejected(unusable.orElseGet(QualityGate::noFace));
        }
        Quality quality = order.listener().timed(Stage.QUALITY, () -> quality(reading, portrait));
        Optional<Rejection> poor = gate.checkAppearance(quality);
        if (poor.isPresent()) {
            return new Analysis.Rejected(poor.get());
        }
        Liveness liveness = livenessOf.apply(reading);
        if (liveness != null && order.rules().liveness() == LivenessMode.ENFORCE && !liveness.live()) {
            return new Analysis.Rejected(spoof(liveness));
        }
        return gate.checkNorm(quality)
                .<Analysis>map(Analysis.Rejected::new)
                .orElseGet(() -> new Analysis.Accepted(new Face(
                        reading.faceUnturned(picture),
                        reading.landmarksUnturned(portrait, picture),
                        portrait.embedding(),
                        quality,
                        liveness)));
    }

    /**
     * The picture as it is, or turned when that makes a clearer face. A face on its side is often detected, but its
     * landmarks are worthless and its embedding is short; upright, the embedding is longest. What the detector takes
     * for a face in the turned picture must be clear enough for recognition: a picture without a face has four chances.
     */
    private Reading bestReading(Image picture, List<DetectedFace> faces, Order order) {
        Reading upright = read(picture, Turn.NONE, faces, order);
        if (upright.norm() >= norms.upright()) {
            return upright;
        }
        Reading best = upright;
        for (Turn turn : OTHER_TURNS) {
            Image view = picture.turned(turn);
            Reading turned = read(view, turn, detect(view, order), order);
            if (turned.norm() > best.norm()) {
                best = turned;
            }
        }
        return best.norm() > Math.max(CLEARER * upright.norm(), norms.standard()) ? best : upright;
    }

    private List<DetectedFace> detect(Image view, Order order) {
        return order.listener().timed(Stage.DETECT, () -> detector.detect(view));
    }

    private Reading read(Image view, Turn turn, List<DetectedFace> faces, Order order) {
        if (faces.isEmpty()) {
            return new Reading(turn, view, faces, null);
        }
        StageListener listener = order.listener();
        Box box = faces.get(0).box();
        FaceShape shape = listener.timed(Stage.LANDMARKS, () -> landmarkFinder.find(view, box));
        long start = System.nanoTime();
        aligner.align(view, shape.landmarks(), embedder.crop());
        listener.took(Stage.ALIGN, System.nanoTime() - start);
        float[] raw = listener.timed(Stage.EMBED, embedder::embed);
        float norm = (float) Embedding.norm(raw);
        if (!(norm > 0 && norm < Float.MAX_VALUE)) {
            return new Reading(turn, view, List.of(), null);
        }
        float sharpness = Sharpness.measure(embedder.crop());
        return new Reading(turn, view, faces, new Reading.Portrait(shape, Embedding.normalized(raw), norm, sharpness));
    }

    private static Quality quality(Reading reading, Reading.Portrait portrait) {
        Image view = reading.view();
        Box box = reading.face().box();
        return new Quality(
                Quality.Extent.of(box, portrait.shape(), view.width(), view.height()),
                PoseEstimator.estimate(portrait.shape()),
                LightMeter.measure(view, box),
                portrait.sharpness(),
                portrait.norm());
    }

    private static Liveness liveness(LivenessScorer scorer, Image view, DetectedFace face, Order order) {
        double score = order.listener().timed(Stage.LIVENESS, () -> scorer.score(view, face.box()));
        return new Liveness(score, order.rules().livenessThreshold());
    }

    private static Rejection spoof(Liveness liveness) {
        return new Rejection(
                Reason.SPOOF_SUSPECTED,
                "The picture doesn't look like a living face in front of the camera.",
                Map.of("liveness", liveness.score(), "threshold", liveness.threshold()));
    }

    @Override
    public void close() {
        canvas.discard();
        detector.close();
        landmarkFinder.close();
        embedder.close();
        if (livenessScorer != null) {
            livenessScorer.close();
        }
    }
}
