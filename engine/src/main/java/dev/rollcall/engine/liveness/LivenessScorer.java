package dev.rollcall.engine.liveness;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.onnx.ModelFile;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;

/**
 * Scores how much a face and what surrounds it look like a living person rather than a print or a screen. Keeps
 * buffers: one instance per thread.
 */
public final class LivenessScorer implements AutoCloseable {

    /** Side of the square that the model looks at, in heights of the face box. */
    private static final float CONTEXT = 2.7f;

    /**
     * Up to this ratio the surroundings are shrunk by looking at two neighbours along each axis, as was done for the
     * model's training (OpenCV's bilinear resize); on LFW it refuses no more real faces than means do.
     */
    private static final float LARGEST_BILINEAR = 4;

    private static final int SIDE = 128;
    private static final int CLASSES = 3;
    private static final int LIVE = 0;

    private final OnnxModel.Run run;
    private final Resampler resampler = new Resampler(LARGEST_BILINEAR);
    private final Planes planes = new Planes(Planes.Channels.BGR, SIDE, SIDE, 0, 1);

    public LivenessScorer(OnnxModel model) {
        this.run = model.newRun();
    }

    /** Loads the model: the face with its surroundings 1×3×128×128 in, three classes out. */
    public static OnnxModel load() {
        return OnnxModel.load(
                ModelFile.FACE_LIVENESS, Shape.of("input", 1, 3, SIDE, SIDE), Shape.of("output", 1, CLASSES));
    }

    /** Probability, 0…1, that the face in the given box is a living one. */
    public double score(Image image, Box face) {
        resampler.draw(image, context(image, face), planes);
        return softmax(run.run(planes.values()).get(0), LIVE);
    }

    /** The square around the face, first moved, then made smaller, to stay inside the picture. */
    static Box context(Image image, Box face) {
        float side = Math.min(CONTEXT * face.height(), Math.min(image.width(), image.height()));
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
