package dev.rollcall.engine.embed;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.align.FaceAligner;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.onnx.ModelSpec;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;

/** Turns an aligned face into 512 numbers with MobileFaceNet. Keeps buffers: one instance per thread. */
public final class FaceEmbedder implements AutoCloseable {

    private final OnnxModel.Run run;
    private final FaceAligner aligner = new FaceAligner();
    private final Planes crop;

    public FaceEmbedder(OnnxModel model) {
        this.run = model.newRun();
        this.crop = Planes.of(model.spec(), FaceAligner.SIDE, FaceAligner.SIDE);
    }

    /** Loads the model: the aligned face 1×3×112×112 in, 512 numbers out. */
    public static OnnxModel load(ModelSpec spec) {
        return OnnxModel.load(
                spec,
                Shape.of(
                        spec.text("input"),
                        1,
                        spec.choice("channels", Planes.Channels.class).count(),
                        FaceAligner.SIDE,
                        FaceAligner.SIDE),
                Shape.of(spec.text("output"), 1, Embedding.DIMENSIONS));
    }

    /** The model's raw answer for a face: 512 numbers, not normalised; overwritten by the next call. */
    public float[] embed(Image image, Landmarks landmarks) {
        aligner.align(image, landmarks, crop);
        return run.run(crop.values()).get(0);
    }

    /** The aligned face of the latest call. */
    public Planes crop() {
        return crop;
    }

    @Override
    public void close() {
        run.close();
    }
}
