package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Pose;

/**
 * Where a face looks, in degrees, as {@link Pose} has it.
 *
 * @param yaw positive towards the person's own left, which is the right of a picture that is not mirrored
 * @param pitch positive upwards
 */
public record Gaze(float yaw, float pitch) {

    static Gaze of(Pose pose) {
        return new Gaze(pose.yaw(), pose.pitch());
    }

    /** This gaze as seen from another one. */
    Gaze from(Gaze other) {
        return new Gaze(yaw - other.yaw, pitch - other.pitch);
    }

    /** Whether it differs from straight by no more than this. */
    boolean within(double yawDegrees, double pitchDegrees) {
        return Math.abs(yaw) <= yawDegrees && Math.abs(pitch) <= pitchDegrees;
    }
}
