package dev.rollcall.engine;

import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.image.Decoding;
import dev.rollcall.engine.image.ImageDecoder;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessScorer;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.onnx.NativeLibrary;
import dev.rollcall.engine.onnx.OnnxModel;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Finds the face in a picture and says whom it shows, as an embedding to compare with others. Loads each model once and
 * keeps it until {@link #close()}.
 *
 * <p>Safe for use by several threads. Each analysis under way keeps some 3 MB of buffers, which the next one reuses, so
 * let no more run at once than there are cores.
 */
public final class FaceEngine implements AutoCloseable {

    private final ImageDecoder decoder;
    private final OnnxModel detector;
    private final OnnxModel landmarks;
    private final OnnxModel embedder;
    private final @Nullable OnnxModel liveness;
    private final ConcurrentLinkedDeque<Lane> idleLanes = new ConcurrentLinkedDeque<>();

    /**
     * Loads the built-in models with the default options.
     *
     * @throws EngineException if a model is missing, damaged or of another shape than expected
     */
    public FaceEngine() {
        this(EngineOptions.defaults());
    }

    /**
     * Loads the built-in models.
     *
     * @throws EngineException if a model is missing, damaged or of another shape than expected
     */
    public FaceEngine(EngineOptions options) {
        if (options.nativeFolder() != null) {
            NativeLibrary.keepIn(options.nativeFolder());
        }
        decoder = new ImageDecoder(options.maxMegapixels());
        detector = FaceDetector.load();
        landmarks = LandmarkFinder.load();
        embedder = FaceEmbedder.load();
        liveness = options.liveness() ? LivenessScorer.load() : null;
    }

    /**
     * Analyses a picture.
     *
     * @param picture the bytes of a JPEG or PNG file
     * @param rules what the picture must fulfil
     * @return the face, or the reason why there is none to use
     * @throws EngineException if the engine is broken; never for the content of the picture
     */
    public Analysis analyze(byte[] picture, AnalysisRules rules) {
        if (rules.liveness() != AnalysisRules.LivenessMode.OFF && liveness == null) {
            throw new IllegalArgumentException("the engine was opened without its liveness model");
        }
        return analyze(decoder.decode(picture), rules);
    }

    private Analysis analyze(Decoding decoding, AnalysisRules rules) {
        if (decoding instanceof Decoding.Refused refused) {
            return new Analysis.Rejected(refused.rejection());
        }
        Lane idle = idleLanes.pollFirst();
        Lane lane = idle != null ? idle : new Lane(detector, landmarks, embedder, liveness);
        try {
            return lane.analyze(((Decoding.Decoded) decoding).image(), rules);
        } finally {
            idleLanes.addFirst(lane);
        }
    }

    /** Identifies the embedder; embeddings of different ids can't be compared. */
    public String modelId() {
        return embedder.id();
    }

    /** The calibration that belongs to {@link #modelId()}. */
    public Calibration calibration() {
        return Calibration.BUILT_IN;
    }

    /** Frees the models. No analysis may be under way or follow. */
    @Override
    public void close() {
        idleLanes.forEach(Lane::close);
        idleLanes.clear();
        detector.close();
        landmarks.close();
        embedder.close();
        if (liveness != null) {
            liveness.close();
        }
    }
}
