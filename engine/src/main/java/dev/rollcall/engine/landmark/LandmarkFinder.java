package dev.rollcall.engine.landmark;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSpec;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the 68 points of a detected face. Keeps buffers: one instance per thread.
 */
public final class LandmarkFinder implements AutoCloseable {

    private final OnnxModel.Run run;
    private final Resampler resampler;
    private final Planes planes;

    public LandmarkFinder(OnnxModel model, Resampler resampler) {
        this.run = model.newRun();
        this.resampler = resampler;
        this.planes =
                Planes.of(model.spec(), model.spec().size("side"), model.spec().size("side"));
    }

    /** Loads the model: the face 1×channels×side×side in, 68 points out. */
    public static OnnxModel load(ModelRuntime runtime, ModelSpec spec) {
        int channels = spec.choice("channels", Planes.Channels.class).count();
        return OnnxModel.load(
                runtime,
                spec,
                Shape.of(spec.text("input"), 1, channels, spec.size("side"), spec.size("side")),
                Shape.of(spec.text("output"), 1, 2 * FaceShape.POINTS));
    }

    /** The shape of the face in the given box, in pixels of the picture. */
    public FaceShape find(Image image, Box face) {
        Box square = face.centeredSquare(face.height());
        resampler.draw(image, square, planes);
        float[] fractions = run.run(planes.values()).get(0);
        List<Point> points = new ArrayList<>(FaceShape.POINTS);
        for (int i = 0; i < FaceShape.POINTS; i++) {
            points.add(new Point(
                    square.left() + fractions[2 * i] * square.width(),
                    square.top() + fractions[2 * i + 1] * square.height()));
        }
        return new FaceShape(points);
    }

    @Override
    public void close() {
        run.close();
    }
}
