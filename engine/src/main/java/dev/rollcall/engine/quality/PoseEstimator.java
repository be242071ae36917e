package dev.rollcall.engine.quality;

import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.Pose;
import java.util.List;

/** Estimates the head pose from six landmarks. Holds no state: safe for use by several threads. */
public final class PoseEstimator {

    /*
     * Seen from some distance, a face is a scaled orthographic projection of a solid: each picture coordinate is a linear
     * function of the solid's three, x = a · X + c, y = b · X + d. With X and x moved to their means, the least-squares
     * solutions are a = P x and b = P y with P = (Σ X Xᵀ)⁻¹ X, which depends on the solid alone. The direction in which
     * the face looks is perpendicular to both, n = a × b, which gives yaw and pitch; roll is the tilt of a.
     *
     * Axes: x to the viewer's right, y down, z towards the viewer.
     */

    /** Outer eye corners, nose tip, mouth corners, chin. */
    private static final int[] INDICES = {36, 45, 30, 48, 54, 8};

    /** The same points on an average head, in any unit: the values in wide use for head pose since OpenCV's examples. */
    private static final double[][] HEAD = {
        {-225, -170, -135}, {225, -170, -135}, {0, 0, 0}, {-150, 150, -125}, {150, 150, -125}, {0, 330, -65}
    };

    private static final double[][] SOLVER = solver();

    private PoseEstimator() {}

    /** The pose of a face. */
    public static Pose estimate(FaceShape shape) {
        List<Point> points = shape.points();
        double[] a = new double[3];
        double[] b = new double[3];
        for (int i = 0; i < INDICES.length; i++) {
            Point point = points.get(INDICES[i]);
            for (int axis = 0; axis < 3; axis++) {
                a[axis] += SOLVER[axis][i] * point.x();
                b[axis] += SOLVER[axis][i] * point.y();
            }
        }
        double normalX = a[1] * b[2] - a[2] * b[1];
        double normalY = a[2] * b[0] - a[0] * b[2];
        double normalZ = a[0] * b[1] - a[1] * b[0];
        return new Pose(
                degrees(Math.atan2(-normalX, normalZ)),
                degrees(Math.atan2(normalY, Math.hypot(normalX, normalZ))),
                degrees(Math.atan2(b[0], a[0])));
    }

    private static float degrees(double radians) {
        return (float) Math.toDegrees(radians);
    }

    /** P of the block comment; since its rows add up to zero, the picture's points need not be moved to their mean. */
    private static double[][] solver() {
        double[][] centred = new double[HEAD.length][3];
        for (int axis = 0; axis < 3; axis++) {
            double mean = 0;
            for (double[] point : HEAD) {
                mean += point[axis] / HEAD.length;
            }
            for (int i = 0; i < HEAD.length; i++) {
                centred[i][axis] = HEAD[i][axis] - mean;
            }
        }
        double[][] inverse = inverse(products(centred));
        double[][] solver = new double[3][HEAD.length];
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < HEAD.length; i++) {
                for (int k = 0; k < 3; k++) {
                    solver[axis][i] += inverse[axis][k] * centred[i][k];
                }
            }
        }
        return solver;
    }

    private static double[][] products(double[][] points) {
        double[][] sums = new double[3][3];
        for (double[] point : points) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    sums[row][column] += point[row] * point[column];
                }
            }
        }
        return sums;
    }

    /** The inverse of a symmetric 3×3 matrix by its cofactors. */
    private static double[][] inverse(double[][] m) {
        double[][] cofactors = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int r1 = (row + 1) % 3;
                int r2 = (row + 2) % 3;
                int c1 = (column + 1) % 3;
                int c2 = (column + 2) % 3;
                cofactors[row][column] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
            }
        }
        double determinant = m[0][0] * cofactors[0][0] + m[0][1] * cofactors[0][1] + m[0][2] * cofactors[0][2];
        for (double[] row : cofactors) {
            for (int column = 0; column < 3; column++) {
                row[column] /= determinant;
            }
        }
        return cofactors;
    }
}
