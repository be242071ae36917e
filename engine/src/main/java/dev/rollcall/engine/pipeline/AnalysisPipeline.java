package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FramePixels;
import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.QualityCheck;
import dev.rollcall.engine.StageListener.Stage;
import dev.rollcall.engine.image.Decoding;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.ImageDecoder;
import dev.rollcall.engine.image.PictureMemory;
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.quality.NormLimits;
import dev.rollcall.engine.quality.QualityGate;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * Runs analyses over models that are loaded once. Keeps the buffers of ended analyses for the next ones. Safe for use by
 * several threads, except {@link #close()}.
 */
public final class AnalysisPipeline implements AutoCloseable {

    /** Largest frame in millions of pixels: one of 1280×720 is within it, so that looking at a frame has a small greatest cost. */
    private static final int MAX_FRAME_MEGAPIXELS = 1;

    /** The luminance of a pixel, and the bits and block sums that a reader makes of it. */
    private static final int READING_BYTES_PER_PIXEL = 2;

    private final ImageDecoder decoder;
    private final ImageDecoder frameDecoder = new ImageDecoder(MAX_FRAME_MEGAPIXELS);
    private final ImageDecoder readingDecoder = new ImageDecoder(MAX_FRAME_MEGAPIXELS, READING_BYTES_PER_PIXEL);
    private final PictureMemory memory;
    private final NormLimits norms;
    private final LoadedModels models;
    private final ConcurrentLinkedDeque<AnalysisBuffers> idleBuffers = new ConcurrentLinkedDeque<>();

    /**
     * Loads the models and allocates the buffers of one analysis.
     *
     * @throws EngineException if a model is missing, damaged or of another shape than expected
     */
    public AnalysisPipeline(ModelRuntime runtime, ModelSet set, EngineOptions options) {
        decoder = new ImageDecoder(options.maxMegapixels());
        memory = new PictureMemory(options.pictureBytes());
        norms = NormLimits.of(set.embedder());
        models = LoadedModels.load(runtime, set, options.liveness());
        try {
            idleBuffers.add(new AnalysisBuffers(models, memory));
        } catch (EngineException e) {
            models.close();
            throw e;
        }
    }

    /** Whether the liveness models are loaded. */
    public boolean hasLiveness() {
        return !models.liveness().isEmpty();
    }

    /** The measured values of a face with the limits of rules. */
    public List<QualityCheck> checks(Quality quality, AnalysisRules rules) {
        return new QualityGate(rules, norms).checks(quality);
    }

    /** Identifies the embedder by its name and weights. */
    public String embedderId() {
        return models.embedder().id();
    }

    /**
     * Decodes and analyses a picture. Waits until the memory budget has room for it.
     *
     * @param file the bytes of a JPEG, PNG or WebP file
     * @throws EngineException if the engine is broken; never for the content of the picture
     */
    public Analysis analyze(byte[] file, AnalysisRequest request) {
        return withBuffers(buffers -> analyze(file, request, buffers));
    }

    /**
     * Decodes and judges a frame. Waits until the memory budget has room for it.
     *
     * @param file the bytes of a JPEG, PNG or WebP file of a megapixel at most
     * @throws EngineException if the engine is broken; never for the content of the frame
     */
    public FrameVerdict judge(byte[] file, FrameRules rules) {
        return withBuffers(buffers -> judge(file, rules, buffers));
    }

    /**
     * Decodes a frame into grey pixels and reads them. Waits until the memory budget has room for the frame and its reading.
     *
     * @param file the bytes of a JPEG, PNG or WebP file of a megapixel at most
     * @param reading takes {@value #READING_BYTES_PER_PIXEL} bytes for each pixel at most, the grey pixels included; keeps none of them
     * @throws EngineException if the engine is broken; never for the content of the frame
     */
    public <T> T read(byte[] file, Function<FramePixels, T> reading) {
        return withBuffers(buffers -> {
            Decoding decoding = readingDecoder.decode(file, buffers.pixelBuffer());
            return reading.apply(
                    decoding instanceof Decoding.Decoded decoded
                            ? grey(decoded.image())
                            : new FramePixels.Unreadable(((Decoding.Refused) decoding).rejection()));
        });
    }

    private static FramePixels grey(Image image) {
        int width = image.width();
        byte[] luminance = new byte[width * image.height()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                luminance[y * width + x] = (byte) image.luminance(x, y);
            }
        }
        return new FramePixels.Grey(width, image.height(), luminance);
    }

    private FrameVerdict judge(byte[] file, FrameRules rules, AnalysisBuffers buffers) {
        QualityGate gate = new QualityGate(rules.picture(), norms);
        Decoding decoding = frameDecoder.decode(file, buffers.pixelBuffer());
        return decoding instanceof Decoding.Decoded decoded
                ? new FrameAnalysis(decoded.image(), rules, buffers, gate).run()
                : new FrameVerdict.Unreadable(((Decoding.Refused) decoding).rejection());
    }

    private <T> T withBuffers(Function<AnalysisBuffers, T> work) {
        AnalysisBuffers idle = idleBuffers.pollFirst();
        AnalysisBuffers buffers = idle != null ? idle : new AnalysisBuffers(models, memory);
        boolean reusable = false;
        try {
            T result = work.apply(buffers);
            reusable = true;
            return result;
        } finally {
            buffers.pixelBuffer().clear();
            if (reusable) {
                idleBuffers.addFirst(buffers);
            } else {
                buffers.close();
            }
        }
    }

    private Analysis analyze(byte[] file, AnalysisRequest request, AnalysisBuffers buffers) {
        Decoding decoding = request.listener().timed(Stage.DECODE, () -> decoder.decode(file, buffers.pixelBuffer()));
        return decoding instanceof Decoding.Decoded decoded
                ? new PictureAnalysis(decoded.image(), request, buffers, norms).run()
                : new Analysis.Rejected(((Decoding.Refused) decoding).rejection());
    }

    /** Frees models and buffers. No analysis may be under way, and none may follow. */
    @Override
    public void close() {
        idleBuffers.forEach(AnalysisBuffers::close);
        idleBuffers.clear();
        models.close();
    }
}
