package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.align.FaceAligner;
import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.image.PictureMemory;
import dev.rollcall.engine.image.PixelBuffer;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessEnsemble;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an analysis with their input and output buffers, allocated once and reused from analysis to analysis. For
 * one analysis at a time: not safe for use by several threads at once, except that {@link #liveness()} may run
 * in parallel with the other steps.
 */
final class AnalysisBuffers implements AutoCloseable {

    private final PixelBuffer pixelBuffer;
    private final FaceDetector detector;
    private final LandmarkFinder landmarkFinder;
    private final FaceAligner aligner = new FaceAligner();
    private final FaceEmbedder embedder;
    private final @Nullable LivenessEnsemble liveness;

    /**
     * Allocates the buffers.
     *
     * @param memory the budget that decoded pictures take their memory from
     */
    AnalysisBuffers(LoadedModels models, PictureMemory memory) {
        Resampler resampler = new Resampler();
        this.pixelBuffer = new PixelBuffer(memory);
        this.detector = new FaceDetector(models.detector(), resampler);
        this.landmarkFinder = new LandmarkFinder(models.landmarks(), resampler);
        this.embedder = new FaceEmbedder(models.embedder());
        this.liveness = models.liveness().isEmpty() ? null : new LivenessEnsemble(models.liveness());
    }

    /** Memory for the decoded picture. */
    PixelBuffer pixelBuffer() {
        return pixelBuffer;
    }

    FaceDetector detector() {
        return detector;
    }

    LandmarkFinder landmarkFinder() {
        return landmarkFinder;
    }

    FaceAligner aligner() {
        return aligner;
    }

    FaceEmbedder embedder() {
        return embedder;
    }

    /** Null when the engine has no liveness model. */
    @Nullable
    LivenessEnsemble liveness() {
        return liveness;
    }

    @Override
    public void close() {
        pixelBuffer.discard();
        detector.close();
        landmarkFinder.close();
        embedder.close();
        if (liveness != null) {
            liveness.close();
        }
    }
}
