package dev.rollcall.engine.embed;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.align.FaceAligner;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.onnx.ModelFile;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;

/** Turns an aligned face into 512 numbers with MobileFaceNet. Keeps buffers: one instance per thread. */
public final class FaceEmbedder implements AutoCloseable {

    private static final float MEAN = 127;
    private static final float DIVISOR = 128;

    private final OnnxModel.Run run;
    private final FaceAligner aligner = new FaceAligner();
    private final Planes crop = new Planes(Planes.Channels.BGR, FaceAligner.SIDE, FaceAligner.SIDE, MEAN, DIVISOR);

    public FaceEmbedder(OnnxModel model) {
        this.run = model.newRun();
    }

    /** Loads the model: the aligned face 1×3×112×112 in, 512 numbers out. */
    public static OnnxModel load() {
        return OnnxModel.load(
                ModelFile.FACE_EMBEDDER,
                Shape.of("input", 1, 3, FaceAligner.SIDE, FaceAligner.SIDE),
                Shape.of("output", 1, Embedding.DIMENSIONS));
    }

    /** The model's raw answer for a face: 512 numbers, not normalised; overwritten by the next call. */
    public float[] embed(Image image, Landmarks landmarks) {
        aligner.align(image, landmarks, crop);
        return run.run(crop.values()).get(0);
    }

    @Override
    public void close() {
        run.close();
    }
}
