package dev.rollcall.engine.quality;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import java.util.List;

/**
 * The rule that decides which faces of a picture are of people in front of the camera, and whether one of them is clearly its
 * subject. Holds no state: safe for use by several threads.
 */
public final class SubjectRule {

    /**
     * Height, as a part of the most prominent face's, from which a second face is taken for a second person in front of
     * the camera rather than in the background.
     */
    static final float COMPARABLE_HEIGHT = 0.6f;

    /** Score from which a second detection is taken for a face rather than a false detection. */
    static final float CERTAIN_SCORE = 0.9f;

    /*
     * Chosen on the 221 of 3,061 good pictures of LFW that have a second face of comparable height (bench/results/bystanders.md).
     * In 104 of the 164 whose subject is clear by these limits the person whom the picture is named after is enrolled: in none of
     * them a bystander is that person.
     */

    /** Greatest height of a bystander's face, as a part of the subject's. */
    static final float GREATEST_HEIGHT = 0.95f;

    /** How much farther from the middle of the picture a bystander's face is at least, in heights of the subject's. */
    static final float LEAST_DISTANCE = 0.3f;

    /** Most bystanders: each one costs an embedding. */
    static final int MOST_BYSTANDERS = 2;

    private SubjectRule() {}

    /**
     * The other people in front of the camera.
     *
     * @param faces at least one, the most prominent first
     */
    public static List<DetectedFace> others(List<DetectedFace> faces) {
        float height = faces.get(0).box().height();
        return faces.stream()
                .skip(1)
                .filter(face -> face.score() >= CERTAIN_SCORE && face.box().height() >= COMPARABLE_HEIGHT * height)
                .toList();
    }

    /**
     * Whether a face is clearly larger than all others and nearer the middle of the picture, so that these are bystanders.
     *
     * @param width of the picture
     * @param height of the picture
     */
    static boolean isSubject(DetectedFace face, List<DetectedFace> others, int width, int height) {
        double own = fromMiddle(face.box(), width, height);
        float size = face.box().height();
        return others.size() <= MOST_BYSTANDERS
                && others.stream()
                        .allMatch(other -> other.box().height() <= GREATEST_HEIGHT * size
                                && fromMiddle(other.box(), width, height) - own >= LEAST_DISTANCE * size);
    }

    private static double fromMiddle(Box box, int width, int height) {
        return Math.hypot(box.centerX() - width / 2.0, box.centerY() - height / 2.0);
    }
}
