package dev.rollcall.engine;

/**
 * What a frame of a camera is judged by: the rules for the full picture that the camera could take instead of it.
 *
 * @param picture the rules of the full picture; those of liveness are not applied
 * @param fullWidth width of the full picture as it would be sent, in pixels; 0 if the frame is the full picture
 */
public record FrameRules(AnalysisRules picture, int fullWidth) {

    /** Widest full picture. */
    public static final int MAX_FULL_WIDTH = 16_383;

    public FrameRules {
        if (fullWidth < 0 || fullWidth > MAX_FULL_WIDTH) {
            throw new IllegalArgumentException("fullWidth is not within 0…" + MAX_FULL_WIDTH + ": " + fullWidth);
        }
    }
}
