package dev.rollcall.engine.embed;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSpec;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import java.util.concurrent.Executor;

/** Computes the embedding of an aligned face with MobileFaceNet. Keeps buffers: one instance per thread. */
public final class FaceEmbedder implements AutoCloseable {

    /** Side of the aligned face in pixels. */
    private static final int SIDE = 112;

    private final OnnxModel.Run run;
    private final Planes crop;

    public FaceEmbedder(OnnxModel model) {
        this.run = model.newRun();
        this.crop = Planes.of(model.spec(), SIDE, SIDE);
    }

    /** Loads the model: the aligned face 1×channels×112×112 in, 512 numbers out. */
    public static OnnxModel load(ModelRuntime runtime, ModelSpec spec) {
        int channels = spec.choice("channels", Planes.Channels.class).count();
        return OnnxModel.load(
                runtime,
                spec,
                Shape.of(spec.text("input"), 1, channels, SIDE, SIDE),
                Shape.of(spec.text("output"), 1, Embedding.DIMENSIONS));
    }

    /** The model's input, 112×112, onto which the aligned face is to be drawn. */
    public Planes crop() {
        return crop;
    }

    /** The raw embedding of the face on {@link #crop()}: 512 numbers, not normalised; overwritten by the next call. */
    public float[] embed() {
        return embed(OnnxModel.NO_HELPER);
    }

    /**
     * The raw embedding, as by {@link #embed()}.
     *
     * @param helper may be offered parts of the work
     */
    public float[] embed(Executor helper) {
        return run.run(crop.values(), helper).get(0);
    }

    @Override
    public void close() {
        run.close();
    }
}
