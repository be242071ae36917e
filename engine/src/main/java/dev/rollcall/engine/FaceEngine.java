package dev.rollcall.engine;

import dev.rollcall.engine.liveness.Moment;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.onnx.ModelSpec;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.pipeline.AnalysisPipeline;
import dev.rollcall.engine.pipeline.AnalysisRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Finds the face in a picture and computes its embedding, which can be compared with others. Loads each model once and
 * keeps it until {@link #close()}.
 *
 * <p>Safe for use by several threads. Each analysis under way keeps some 3 MB of buffers, so let no more run at once
 * than there are cores. Its picture is decoded when {@link EngineOptions#pictureBytes()} has room for it; until then it
 * waits, in the order of arrival.
 */
public final class FaceEngine implements AutoCloseable {

    private final AnalysisPipeline pipeline;
    private final EngineRuntime runtime;
    private final List<ModelInfo> models;
    private final Calibration calibration;
    private final ImpostorTail impostorTail;
    /** Every analysis holds the read lock; the thread that frees the models holds the write lock. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile boolean closed;
    private boolean freed;

    /**
     * Loads the built-in models with the default options.
     *
     * @throws EngineException if a model is missing, damaged or of another shape than expected
     */
    public FaceEngine() {
        this(EngineOptions.defaults());
    }

    /**
     * Loads the models.
     *
     * @throws EngineException if a model or the model folder's manifest is missing, damaged or not as expected, or if the
     *     runtime can't be used
     */
    public FaceEngine(EngineOptions options) {
        ModelRuntime chosen = ModelRuntime.of(options.runtime());
        runtime = chosen.inUse();
        ModelSet set = options.modelFolder() == null ? ModelSet.builtIn() : ModelSet.withFolder(options.modelFolder());
        ModelSpec embedder = set.embedder();
        models = set.infos().stream()
                .filter(model -> options.liveness() || !model.section().startsWith("liveness"))
                .toList();
        calibration = new Calibration(
                embedder.decimal("calibration_slope", 0.1, 1000), embedder.decimal("calibration_middle", -1, 1));
        impostorTail = new ImpostorTail(
                embedder.decimal("impostor_mean", -1, 1), embedder.decimal("impostor_deviation", 1e-3, 1));
        pipeline = new AnalysisPipeline(chosen, set, options);
    }

    /**
     * Analyses a picture.
     *
     * @param picture the bytes of a JPEG, PNG or WebP file
     * @param rules what the picture must fulfil
     * @return the face, or the reason why there is none to use
     * @throws EngineException if the engine is broken; never for the content of the picture
     * @throws IllegalArgumentException if the rules need liveness and the engine has no liveness model
     * @throws IllegalStateException if the engine is closed
     */
    public Analysis analyze(byte[] picture, AnalysisRules rules) {
        return analyze(picture, rules, StageListener.NONE);
    }

    /**
     * Analyses a picture, as {@link #analyze(byte[], AnalysisRules)} does.
     *
     * @param listener receives the duration of each stage
     */
    public Analysis analyze(byte[] picture, AnalysisRules rules, StageListener listener) {
        return analyze(picture, rules, listener, OnnxModel.NO_HELPER);
    }

    /**
     * Analyses a picture, as {@link #analyze(byte[], AnalysisRules)} does, with parts of it on other threads.
     *
     * @param listener receives the duration of each stage
     * @param helper is offered parts of the analysis, to run them in parallel. If it refuses by {@link
     *     RejectedExecutionException}, or has not started when a result is needed, the calling thread runs that part. The results
     *     are the same
     */
    public Analysis analyze(byte[] picture, AnalysisRules rules, StageListener listener, Executor helper) {
        if (rules.liveness() != AnalysisRules.LivenessMode.OFF && !pipeline.hasLiveness()) {
            throw new IllegalArgumentException("the engine was opened without its liveness model");
        }
        requireOpen();
        use.readLock().lock();
        try {
            requireOpen();
            return pipeline.analyze(picture, new AnalysisRequest(rules, listener, helper));
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Judges a small frame of a camera: whether a full picture taken now would have a usable face, and what to improve. Without
     * embedding and liveness, so it takes a third of the time of an analysis or less.
     *
     * @param frame the bytes of a JPEG, PNG or WebP file of a megapixel at most, upright
     * @throws EngineException if the engine is broken; never for the content of the frame
     * @throws IllegalStateException if the engine is closed
     */
    public FrameVerdict judge(byte[] frame, FrameRules rules) {
        requireOpen();
        use.readLock().lock();
        try {
            requireOpen();
            return pipeline.judge(frame, rules);
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Decodes a small frame of a camera into grey pixels and reads them, within the memory of the pictures.
     *
     * @param frame the bytes of a JPEG, PNG or WebP file of a megapixel at most, upright
     * @param reading takes two bytes for each pixel at most, the grey pixels included; keeps none of them
     * @throws EngineException if the engine is broken; never for the content of the frame
     * @throws IllegalStateException if the engine is closed
     */
    public <T> T read(byte[] frame, Function<FramePixels, T> reading) {
        requireOpen();
        use.readLock().lock();
        try {
            requireOpen();
            return pipeline.read(frame, reading);
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * The liveness of pictures of one face at one moment: the median of their scores, so that more than half of them must look
     * alive; or 0 if all are the same still picture: one file several times or, if its face is large, moved, turned or enlarged.
     * Living faces differ between any two pictures that a camera takes 0.3 seconds apart.
     *
     * @return empty when no face has a score
     */
    public static Optional<Liveness> liveness(List<Face> faces) {
        return Moment.liveness(faces);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    /** The loaded models, by the name of their section. */
    public List<ModelInfo> models() {
        return models;
    }

    /**
     * The measured values of a face with the limits of rules, in the order in which they are checked. Values of a level without
     * limits have none.
     */
    public List<QualityCheck> checks(Quality quality, AnalysisRules rules) {
        return pipeline.checks(quality, rules);
    }

    /** Identifies the embedder by its name and weights; embeddings of different ids can't be compared. */
    public String modelId() {
        return pipeline.embedderId();
    }

    /** What computes the models. */
    public EngineRuntime runtime() {
        return runtime;
    }

    /** The calibration that belongs to {@link #modelId()}. */
    public Calibration calibration() {
        return calibration;
    }

    /** The distribution of different people's similarities by {@link #modelId()}: gives thresholds for identification. */
    public ImpostorTail impostorTail() {
        return impostorTail;
    }

    /**
     * Refuses further analyses, waits for those under way, and frees the models. A second call only waits for the
     * first. An analysis must not call it.
     */
    @Override
    public void close() {
        closed = true;
        use.writeLock().lock();
        try {
            if (!freed) {
                freed = true;
                pipeline.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
