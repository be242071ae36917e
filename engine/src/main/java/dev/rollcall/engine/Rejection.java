package dev.rollcall.engine;

import java.util.Map;

/**
 * Why a picture gave no usable face.
 *
 * @param reason the stable reason
 * @param advice one sentence for the person who took the picture
 * @param details measured values and limits by snake_case name; empty when there is nothing to measure
 */
public record Rejection(Reason reason, String advice, Map<String, Object> details) {

    /** The stable reasons. */
    public enum Reason {
        /** The bytes are not a picture, or a damaged one. */
        INVALID_IMAGE,
        /** A picture in a format that is not supported. */
        UNSUPPORTED_IMAGE,
        /** More pixels than allowed. */
        IMAGE_TOO_LARGE,
        /** No face was found. */
        NO_FACE,
        /** Several faces of comparable size. */
        MULTIPLE_FACES,
        /** The face is too small, turned, blurred or dark to be recognised. */
        LOW_QUALITY,
        /** The face looks like a print, a screen or a mask. */
        SPOOF_SUSPECTED
    }

    public Rejection {
        details = Map.copyOf(details);
    }

    public Rejection(Reason reason, String advice) {
        this(reason, advice, Map.of());
    }
}
