package dev.rollcall.engine.liveness;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.onnx.ModelSpec;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;

/**
 * Scores how much a face and what surrounds it look like a living person rather than a print or a screen. Keeps
 * buffers: one instance per thread.
 */
public final class LivenessScorer implements AutoCloseable {

    /**
     * Largest ratio at which the surroundings are reduced bilinearly, as for the model's training (OpenCV's bilinear
     * resize). On LFW this refuses no more real faces than area resampling does.
     */
    private static final float LARGEST_BILINEAR = 4;

    private final OnnxModel.Run run;
    private final Resampler resampler = new Resampler(LARGEST_BILINEAR);
    private final Planes planes;
    private final float context;
    private final int liveClass;

    public LivenessScorer(OnnxModel model) {
        ModelSpec spec = model.spec();
        this.run = model.newRun();
        this.planes = Planes.of(spec, spec.size("side"), spec.size("side"));
        this.context = (float) spec.decimal("context", 1, 10);
        this.liveClass = (int) spec.decimal("live_class", 0, spec.size("classes") - 1.0);
    }

    /** Loads the model: the face with its surroundings 1×3×side×side in, the classes out. */
    public static OnnxModel load(ModelSpec spec) {
        return OnnxModel.load(
                spec,
                Shape.of(
                        spec.text("input"),
                        1,
                        spec.choice("channels", Planes.Channels.class).count(),
                        spec.size("side"),
                        spec.size("side")),
                Shape.of(spec.text("output"), 1, spec.size("classes")));
    }

    /** Probability, 0…1, that the face in the given box is a living one. */
    public double score(Image image, Box face) {
        resampler.draw(image, surroundings(image, face, context), planes);
        return softmax(run.run(planes.values()).get(0), liveClass);
    }

    /** The square of {@code context} box heights around the face, first moved, then made smaller, to stay inside the picture. */
    static Box surroundings(Image image, Box face, float context) {
        float side = Math.min(context * face.height(), Math.min(image.width(), image.height()));
        float left = Math.max(0, Math.min(image.width() - side, face.centerX() - side / 2));
        float top = Math.max(0, Math.min(image.height() - side, face.centerY() - side / 2));
        return new Box(left, top, left + side, top + side);
    }

    private static double softmax(float[] logits, int index) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - logits[index]);
        }
        return 1 / sum;
    }

    @Override
    public void close() {
        run.close();
    }
}
