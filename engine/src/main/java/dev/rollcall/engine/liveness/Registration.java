package dev.rollcall.engine.liveness;

import dev.rollcall.engine.AlignedFace;

/**
 * Lays one aligned face over another as well as a movement of a flat picture allows, and measures what differs then. Not
 * safe for use by several threads at once.
 */
final class Registration {

    /*
     * A still picture that is moved, turned, enlarged or tilted stays the same picture under an affine map, and brighter or
     * darker light multiplies and shifts its values. So the map p that minimises the squared difference between the first
     * picture and the mapped second one, with means and deviations made equal, is searched for by Gauss-Newton steps: each
     * linearises the second picture by its gradients, and solves the 6×6 normal equations (Lucas-Kanade, forward additive;
     * Baker and Matthews, Lucas-Kanade 20 years on, 2004). Both pictures are blurred before, against the noise of compression.
     *
     * What remains is 1 − the correlation of the two pictures: 0 for the same picture. A face that lives also changes in
     * itself, which no affine map follows.
     */

    private static final int SIDE = AlignedFace.SIDE;
    private static final int PARAMETERS = 6;
    private static final int MOST_STEPS = 12;
    private static final int BLUR = 2;

    /** A step that improves less than this part of the difference ends the search. */
    private static final double LEAST_GAIN = 0.01;

    /** The part of the aligned face that shows the face without its surroundings. */
    private static final int LEFT = 16;

    private static final int RIGHT = 96;
    private static final int TOP = 16;
    private static final int BOTTOM = 104;

    /** Fewer pixels in common are no basis. */
    private static final int LEAST_PIXELS = (RIGHT - LEFT) * (BOTTOM - TOP) / 3;

    /** Keeps the normal equations solvable for a picture without structure. */
    private static final double DAMPING = 1e-4;

    private final float[] fixed;
    private final float[] moving;
    private final double[] map = new double[PARAMETERS];

    Registration(AlignedFace one, AlignedFace other) {
        fixed = one.blurred(BLUR);
        moving = other.blurred(BLUR);
    }

    /** 1 − the correlation, 0…2, of the faces laid over each other. */
    double difference() {
        double best = 2;
        for (int step = 0; step < MOST_STEPS; step++) {
            Sums sums = new Sums();
            forEachPixel(sums::add);
            double here = sums.difference();
            if (here >= best * (1 - LEAST_GAIN)) {
                return Math.min(best, here);
            }
            best = here;
            Equations equations = new Equations(sums);
            forEachPixel(equations::add);
            equations.addSolutionTo(map);
        }
        return best;
    }

    private interface Visitor {

        /**
         * A pixel that both pictures have.
         *
         * @param x from the middle of the first picture
         * @param y from the middle of the first picture
         * @param fixed the value in the first picture
         * @param moving the value in the mapped second one
         * @param gradientX the second one's gradient there, along x
         * @param gradientY the second one's gradient there, along y
         */
        void visit(double x, double y, double fixed, double moving, double gradientX, double gradientY);
    }

    private void forEachPixel(Visitor visitor) {
        double middleX = (LEFT + RIGHT) / 2.0;
        double middleY = (TOP + BOTTOM) / 2.0;
        for (int y = TOP; y < BOTTOM; y++) {
            for (int x = LEFT; x < RIGHT; x++) {
                double fromX = x - middleX;
                double fromY = y - middleY;
                double mappedX = x + map[0] + map[1] * fromX + map[2] * fromY;
                double mappedY = y + map[3] + map[4] * fromX + map[5] * fromY;
                int column = (int) Math.floor(mappedX);
                int row = (int) Math.floor(mappedY);
                if (column < 0 || row < 0 || column >= SIDE - 1 || row >= SIDE - 1) {
                    continue;
                }
                double right = mappedX - column;
                double down = mappedY - row;
                int at = row * SIDE + column;
                double upperStep = moving[at + 1] - moving[at];
                double lowerStep = moving[at + SIDE + 1] - moving[at + SIDE];
                double upper = moving[at] + right * upperStep;
                double lower = moving[at + SIDE] + right * lowerStep;
                visitor.visit(
                        fromX,
                        fromY,
                        fixed[y * SIDE + x],
                        upper + down * (lower - upper),
                        upperStep + down * (lowerStep - upperStep),
                        lower - upper);
            }
        }
    }

    /** Sums over the common pixels, for their correlation. */
    private static final class Sums {

        private int count;
        private double fixed;
        private double moving;
        private double fixedSquares;
        private double movingSquares;
        private double products;

        void add(double x, double y, double one, double other, double gradientX, double gradientY) {
            count++;
            fixed += one;
            moving += other;
            fixedSquares += one * one;
            movingSquares += other * other;
            products += one * other;
        }

        private double fixedVariance() {
            return fixedSquares / count - fixed / count * fixed / count;
        }

        private double movingVariance() {
            return movingSquares / count - moving / count * moving / count;
        }

        private double difference() {
            double variances = fixedVariance() * movingVariance();
            if (count < LEAST_PIXELS || !(variances > 0)) {
                return 2;
            }
            return 1 - (products / count - fixed / count * moving / count) / Math.sqrt(variances);
        }
    }

    /** The normal equations of a step; the last column is the right side. */
    private static final class Equations {

        private final double[][] rows = new double[PARAMETERS][PARAMETERS + 1];
        private final double[] slope = new double[PARAMETERS];
        private final double fixedMean;
        private final double movingMean;
        private final double gain;

        Equations(Sums sums) {
            fixedMean = sums.fixed / sums.count;
            movingMean = sums.moving / sums.count;
            gain = Math.sqrt(sums.fixedVariance() / sums.movingVariance());
        }

        void add(double x, double y, double one, double other, double gradientX, double gradientY) {
            double error = one - fixedMean - gain * (other - movingMean);
            slope[0] = gain * gradientX;
            slope[1] = slope[0] * x;
            slope[2] = slope[0] * y;
            slope[3] = gain * gradientY;
            slope[4] = slope[3] * x;
            slope[5] = slope[3] * y;
            for (int i = 0; i < PARAMETERS; i++) {
                for (int j = i; j < PARAMETERS; j++) {
                    rows[i][j] += slope[i] * slope[j];
                }
                rows[i][PARAMETERS] += slope[i] * error;
            }
        }

        /** Gauss-Jordan elimination; the matrix is symmetric and, by the damping, positive definite. */
        void addSolutionTo(double[] map) {
            for (int i = 0; i < PARAMETERS; i++) {
                for (int j = 0; j < i; j++) {
                    rows[i][j] = rows[j][i];
                }
                rows[i][i] = rows[i][i] * (1 + DAMPING) + DAMPING;
            }
            for (int i = 0; i < PARAMETERS; i++) {
                double pivot = rows[i][i];
                for (int j = i; j <= PARAMETERS; j++) {
                    rows[i][j] /= pivot;
                }
                for (int k = 0; k < PARAMETERS; k++) {
                    double factor = k == i ? 0 : rows[k][i];
                    for (int j = i; j <= PARAMETERS; j++) {
                        rows[k][j] -= factor * rows[i][j];
                    }
                }
            }
            for (int i = 0; i < PARAMETERS; i++) {
                map[i] += rows[i][PARAMETERS];
            }
        }
    }
}
