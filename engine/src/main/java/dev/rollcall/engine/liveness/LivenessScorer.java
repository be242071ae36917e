package dev.rollcall.engine.liveness;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSpec;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;

/**
 * Scores by one model how much a face and what surrounds it look like a living person rather than a print or a screen. Keeps
 * buffers: one instance per thread.
 */
public final class LivenessScorer implements AutoCloseable {

    /**
     * Largest ratio at which the surroundings are reduced bilinearly, as for the model's training (OpenCV's bilinear
     * resize). On LFW this refuses no more real faces than area resampling does.
     */
    private static final float LARGEST_BILINEAR = 4;

    private static final double LEAST_WEIGHT = 0.01;

    private final OnnxModel.Run run;
    private final Resampler resampler = new Resampler(LARGEST_BILINEAR);
    private final Planes planes;
    private final Crop crop;
    private final float context;
    private final int liveClass;
    private final String name;
    private final double weight;

    /** The part of the picture that a model was trained on. */
    enum Crop {
        /** A square of {@code context} heights of the face box. */
        SQUARE,
        /** The face box, {@code context} times as wide and as high; it is stretched to the square input. */
        BOX
    }

    public LivenessScorer(OnnxModel model) {
        ModelSpec spec = model.spec();
        this.run = model.newRun();
        this.planes = Planes.of(spec, spec.size("side"), spec.size("side"));
        this.crop = spec.choice("crop", Crop.class);
        this.context = (float) spec.decimal("context", 1, 10);
        this.liveClass = (int) spec.decimal("live_class", 0, spec.size("classes") - 1.0);
        this.name = spec.section();
        this.weight = spec.decimal("weight", LEAST_WEIGHT, 1);
    }

    /** Loads the model: the face with its surroundings 1×3×side×side in, the classes out. */
    public static OnnxModel load(ModelRuntime runtime, ModelSpec spec) {
        return OnnxModel.load(
                runtime,
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
        resampler.draw(image, surroundings(image, face, crop, context), planes);
        return softmax(run.run(planes.values()).get(0), liveClass);
    }

    /** The name of the model's section in the manifest. */
    String name() {
        return name;
    }

    /** How much the model counts beside the others. */
    double weight() {
        return weight;
    }

    /** The surroundings of a face, moved and if necessary made smaller, with the same shape, to stay inside the picture. */
    static Box surroundings(Image image, Box face, Crop crop, float context) {
        float baseWidth = crop == Crop.SQUARE ? face.height() : face.width();
        float scale = Math.min(context, Math.min(image.width() / baseWidth, image.height() / face.height()));
        float width = scale * baseWidth;
        float height = scale * face.height();
        float left = Math.max(0, Math.min(image.width() - width, face.centerX() - width / 2));
        float top = Math.max(0, Math.min(image.height() - height, face.centerY() - height / 2));
        return new Box(left, top, left + width, top + height);
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
