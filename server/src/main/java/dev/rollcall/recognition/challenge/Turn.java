package dev.rollcall.recognition.challenge;

/** A direction in which a person is asked to turn the head. Left and right are the person's own. */
public enum Turn {
    LEFT,
    RIGHT,
    UP,
    DOWN;

    /**
     * Degrees to the side from which a head counts as turned. A photo that is flat and tilted by up to 60° seems to turn by 20° at
     * most, and real turns reach 30° to 58°: measured by {@code bench challenges} on two people's films and six people's photos.
     */
    static final double YAW_DEGREES = 25;

    /** The same up or down. A flat photo that is tilted by up to 60° seems to turn by 13° at most; real turns reach 33° to 43°. */
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
