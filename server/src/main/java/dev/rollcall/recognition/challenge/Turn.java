package dev.rollcall.recognition.challenge;

/** A direction in which a person is asked to turn the head. Left and right are the person's own. */
public enum Turn {
    LEFT,
    RIGHT,
    UP,
    DOWN;

    /**
     * Degrees to the side from which a head counts as turned. Flat photos that are tilted by 45° seem to turn by 10° at most, by 60° by
     * 20°; real turns reach 30° to 58°: chosen in trials on films of three people and on four photos, which are not part of the
     * program. {@code bench challenges} tries it on the same films and five photos: bench/results/challenges.md.
     */
    static final double YAW_DEGREES = 25;

    /**
     * The same up or down, from the same trials. Flat photos that are tilted by 45° seem to turn by 8° at most, by 60° by 16°, with a
     * liveness score of nearly 0; real turns reach 28° to 43°.
     */
    static final double PITCH_DEGREES = 15;

    /** How far a gaze, as seen from looking straight, is turned this way: 1 and more when it counts as turned, negative the other way. */
    public double share(Gaze gaze) {
        return switch (this) {
            case LEFT -> gaze.yaw() / YAW_DEGREES;
            case RIGHT -> -gaze.yaw() / YAW_DEGREES;
            case UP -> gaze.pitch() / PITCH_DEGREES;
            case DOWN -> -gaze.pitch() / PITCH_DEGREES;
        };
    }

    /** The direction in which a gaze is turned farthest. */
    static Turn strongest(Gaze gaze) {
        Turn best = LEFT;
        for (Turn turn : values()) {
            if (turn.share(gaze) > best.share(gaze)) {
                best = turn;
            }
        }
        return best;
    }
}
