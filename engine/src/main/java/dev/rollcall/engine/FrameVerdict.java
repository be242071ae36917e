package dev.rollcall.engine;

import org.jspecify.annotations.Nullable;

/** What a frame of a camera says about the full picture that could be taken instead of it. */
public sealed interface FrameVerdict {

    /**
     * A frame that was looked at.
     *
     * @param width of the upright frame in pixels
     * @param height of the upright frame in pixels
     * @param face the most prominent face, in pixels of the frame; null when there is none
     * @param ready whether nothing that the frame shows would have the full picture refused
     * @param advice what to improve first; null when there is nothing. A frame that is ready has at most the advice to uncover
     *     the face, without which most covered faces are refused as unclear
     */
    record Judged(
            int width,
            int height,
            @Nullable DetectedFace face,
            boolean ready,
            @Nullable Rejection advice) implements FrameVerdict {}

    /** The frame can't be read. */
    record Unreadable(Rejection rejection) implements FrameVerdict {}
}
