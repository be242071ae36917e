package dev.rollcall.engine.landmark;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.onnx.ModelFile;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;

/**
 * Finds the five points of a detected face, out of the 68 of the iBUG 300-W scheme that the model gives. Keeps buffers:
 * one instance per thread.
 */
public final class LandmarkFinder implements AutoCloseable {

    private static final int SIDE = 64;
    private static final int POINTS = 68;
    private static final float DIVISOR = 256;

    /** The corners of each eyelid, without the eye's own corners; the nose's tip; the outer and inner mouth corner. */
    private static final int[] LEFT_EYE = {37, 38, 40, 41};

    private static final int[] RIGHT_EYE = {43, 44, 46, 47};
    private static final int[] NOSE = {30};
    private static final int[] LEFT_MOUTH = {48, 60};
    private static final int[] RIGHT_MOUTH = {54, 64};

    private final OnnxModel.Run run;
    private final Resampler resampler;
    private final Planes planes = new Planes(Planes.Channels.GREY, SIDE, SIDE, 0, DIVISOR);

    public LandmarkFinder(OnnxModel model, Resampler resampler) {
        this.run = model.newRun();
        this.resampler = resampler;
    }

    /** Loads the model: the grey face 1×1×64×64 in, 68 points out. */
    public static OnnxModel load() {
        return OnnxModel.load(
                ModelFile.FACE_LANDMARKS, Shape.of("input", 1, 1, SIDE, SIDE), Shape.of("output", 1, 2 * POINTS));
    }

    /** The five points of the face in the given box, in pixels of the picture. */
    public Landmarks find(Image image, Box face) {
        Box square = face.centeredSquare(face.height());
        resampler.draw(image, square, planes);
        float[] output = run.run(planes.values()).get(0);
        return new Landmarks(
                mean(output, LEFT_EYE, square),
                mean(output, RIGHT_EYE, square),
                mean(output, NOSE, square),
                mean(output, LEFT_MOUTH, square),
                mean(output, RIGHT_MOUTH, square));
    }

    private static Point mean(float[] fractions, int[] points, Box square) {
        float x = 0;
        float y = 0;
        for (int point : points) {
            x += fractions[2 * point];
            y += fractions[2 * point + 1];
        }
        return new Point(
                square.left() + x / points.length * square.width(), square.top() + y / points.length * square.height());
    }

    @Override
    public void close() {
        run.close();
    }
}
