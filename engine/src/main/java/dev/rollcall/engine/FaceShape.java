package dev.rollcall.engine;

import java.util.List;

/**
 * The 68 points of a face in the order of iBUG 300-W, in pixels of the picture: the jaw from the viewer's left ear to the
 * right (0–16), the brows (17–26), the nose (27–35), the eyes (36–47) and the mouth (48–67).
 *
 * @param points the 68 points
 */
public record FaceShape(List<Point> points) {

    /** Number of points. */
    public static final int POINTS = 68;

    /** The corners of each eyelid, without the eye's own corners; the nose's tip; the outer and inner mouth corner. */
    private static final int[] LEFT_EYE = {37, 38, 40, 41};

    private static final int[] RIGHT_EYE = {43, 44, 46, 47};
    private static final int[] NOSE = {30};
    private static final int[] LEFT_MOUTH = {48, 60};
    private static final int[] RIGHT_MOUTH = {54, 64};

    public FaceShape {
        points = List.copyOf(points);
        if (points.size() != POINTS) {
            throw new IllegalArgumentException("a face shape has " + POINTS + " points, not " + points.size());
        }
    }

    /** The five points by which a face is aligned. */
    public Landmarks landmarks() {
        return new Landmarks(mean(LEFT_EYE), mean(RIGHT_EYE), mean(NOSE), mean(LEFT_MOUTH), mean(RIGHT_MOUTH));
    }

    private Point mean(int[] indices) {
        float x = 0;
        float y = 0;
        for (int index : indices) {
            x += points.get(index).x();
            y += points.get(index).y();
        }
        return new Point(x / indices.length, y / indices.length);
    }
}
