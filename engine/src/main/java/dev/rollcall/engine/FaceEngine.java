package dev.rollcall.engine;

import dev.rollcall.engine.StageListener.Stage;
import dev.rollcall.engine.image.Decoding;
import dev.rollcall.engine.image.ImageDecoder;
import dev.rollcall.engine.image.PictureMemory;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.onnx.NativeLibrary;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Finds the face in a picture and says whom it shows, as an embedding to compare with others. Loads each model once and
 * keeps it until {@link #close()}.
 *
 * <p>Safe for use by several threads. Each analysis under way keeps some 3 MB of buffers, so let no more run at once
 * than there are cores. Its picture is decoded when {@link EngineOptions#pictureBytes()} has room for it; until then it
 * waits, in turn.
 */
public final class FaceEngine implements AutoCloseable {

    private static final Executor NOBODY = work -> {
        throw new RejectedExecutionException("nobody is there to help");
    };

    private final ImageDecoder decoder;
    private final PictureMemory memory;
    private final Models models;
    private final Calibration calibration;
    private final ImpostorTail impostorTail;
    private final ConcurrentLinkedDeque<Lane> idleLanes = new ConcurrentLinkedDeque<>();
    /** Every analysis holds the read lock; whoever frees the models holds the write lock. */
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
     * @throws EngineException if a model or the model folder's manifest is missing, damaged or not as expected
     */
    public FaceEngine(EngineOptions options) {
        if (options.nativeFolder() != null) {
            NativeLibrary.keepIn(options.nativeFolder());
        }
        ModelSet set = options.modelFolder() == null ? ModelSet.builtIn() : ModelSet.withFolder(options.modelFolder());
        decoder = new ImageDecoder(options.maxMegapixels());
        memory = new PictureMemory(options.pictureBytes());
        calibration = Calibration.of(set.embedder());
        impostorTail = ImpostorTail.of(set.embedder());
        models = Models.load(set, options.liveness());
        try {
            idleLanes.add(new Lane(models, memory));
        } catch (EngineException e) {
            models.close();
            throw e;
        }
    }

    /**
     * Analyses a picture.
     *
     * @param picture the bytes of a JPEG, PNG or WebP file
     * @param rules what the picture must fulfil
     * @return the face, or the reason why there is none to use
     * @throws EngineException if the engine is broken; never for the content of the picture
     * @throws IllegalStateException if the engine is closed
     */
    public Analysis analyze(byte[] picture, AnalysisRules rules) {
        return analyze(picture, rules, StageListener.NONE);
    }

    /**
     * Analyses a picture, as {@link #analyze(byte[], AnalysisRules)} does.
     *
     * @param listener hears how long each stage takes
     */
    public Analysis analyze(byte[] picture, AnalysisRules rules, StageListener listener) {
        return analyze(picture, rules, listener, NOBODY);
    }

    /**
     * Analyses a picture, as {@link #analyze(byte[], AnalysisRules)} does, with help.
     *
     * @param listener hears how long each stage takes
     * @param spare is offered a part of the analysis, to run it beside the rest. It may refuse by {@link
     *     RejectedExecutionException}, or come to it too late: then that part is done in its turn
     */
    public Analysis analyze(byte[] picture, AnalysisRules rules, StageListener listener, Executor spare) {
        if (rules.liveness() != AnalysisRules.LivenessMode.OFF && models.liveness() == null) {
            throw new IllegalArgumentException("the engine was opened without its liveness model");
        }
        requireOpen();
        use.readLock().lock();
        try {
            requireOpen();
            return analyzed(picture, new Order(rules, listener, spare));
        } finally {
            use.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    private Analysis analyzed(byte[] picture, Order order) {
        Lane idle = idleLanes.pollFirst();
        Lane lane = idle != null ? idle : new Lane(models, memory);
        boolean whole = false;
        try {
            Decoding decoding = order.listener().timed(Stage.DECODE, () -> decoder.decode(picture, lane.canvas()));
            Analysis analysis = decoding instanceof Decoding.Decoded decoded
                    ? lane.analyze(decoded.image(), order)
                    : new Analysis.Rejected(((Decoding.Refused) decoding).rejection());
            whole = true;
            return analysis;
        } finally {
            lane.canvas().clear();
            if (whole) {
                idleLanes.addFirst(lane);
            } else {
                lane.close();
            }
        }
    }

    /** Identifies the embedder by its name and weights; embeddings of different ids can't be compared. */
    public String modelId() {
        return models.embedder().id();
    }

    /** The calibration that belongs to {@link #modelId()}. */
    public Calibration calibration() {
        return calibration;
    }

    /** How often strangers look alike to {@link #modelId()}; it gives the threshold for a gallery of a size. */
    public ImpostorTail impostorTail() {
        return impostorTail;
    }

    /**
     * Refuses further analyses, waits for those under way, and frees the models. A second call does nothing but wait
     * for the first. An analysis must not call it.
     */
    @Override
    public void close() {
        closed = true;
        use.writeLock().lock();
        try {
            if (freed) {
                return;
            }
            freed = true;
            idleLanes.forEach(Lane::close);
            idleLanes.clear();
            models.close();
        } finally {
            use.writeLock().unlock();
        }
    }
}
