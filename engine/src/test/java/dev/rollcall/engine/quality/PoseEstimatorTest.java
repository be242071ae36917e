package dev.rollcall.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.Pose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class PoseEstimatorTest {

    /** Outer eye corners, nose tip, mouth corners and chin of an average head, and their places among the 68 points. */
    private static final double[][] HEAD = {
        {-225, -170, -135}, {225, -170, -135}, {0, 0, 0}, {-150, 150, -125}, {150, 150, -125}, {0, 330, -65}
    };

    private static final int[] INDICES = {36, 45, 30, 48, 54, 8};

    @Property(tries = 200)
    void turnedHead_isMeasuredAtAnySizeAndPlace(
            @ForAll @FloatRange(min = -60, max = 60) float yaw,
            @ForAll @FloatRange(min = -40, max = 40) float pitch,
            @ForAll @FloatRange(min = 0.1f, max = 3) float scale,
            @ForAll @FloatRange(min = -500, max = 500) float place) {
        Pose pose = PoseEstimator.estimate(seen(yaw, pitch, 0, scale, place));

        assertThat(pose.yaw()).isCloseTo(yaw, within(0.1f));
        assertThat(pose.pitch()).isCloseTo(pitch, within(0.1f));
    }

    @Property(tries = 100)
    void tiltedHead_isMeasured(@ForAll @FloatRange(min = -170, max = 170) float roll) {
        Pose pose = PoseEstimator.estimate(seen(0, 0, roll, 1, 100));

        assertThat(pose.roll()).isCloseTo(roll, within(0.1f));
        assertThat(pose.yaw()).isCloseTo(0, within(0.1f));
        assertThat(pose.pitch()).isCloseTo(0, within(0.1f));
    }

    /** The head turned to the right, then up, then tilted, in an orthographic picture. */
    private static FaceShape seen(double yaw, double pitch, double roll, double scale, double place) {
        List<Point> points = new ArrayList<>(Collections.nCopies(FaceShape.POINTS, new Point(0, 0)));
        for (int i = 0; i < HEAD.length; i++) {
            double[] point = rotated(HEAD[i], 2, 0, yaw);
            point = rotated(point, 1, 2, pitch);
            point = rotated(point, 0, 1, roll);
            points.set(
                    INDICES[i], new Point((float) (scale * point[0] + place), (float) (scale * point[1] + 2 * place)));
        }
        return new FaceShape(points);
    }

    /** Turns the axis {@code from} towards the axis {@code to}. */
    private static double[] rotated(double[] point, int from, int to, double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double[] result = point.clone();
        result[from] = cos * point[from] - sin * point[to];
        result[to] = sin * point[from] + cos * point[to];
        return result;
    }
}
