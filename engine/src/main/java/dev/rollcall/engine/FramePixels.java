package dev.rollcall.engine;

/** The pixels of a small frame of a camera, for what is no face. */
public sealed interface FramePixels {

    /**
     * A frame in grey.
     *
     * @param width of the upright frame in pixels
     * @param height of the upright frame in pixels
     * @param luminance of each pixel, 0…255, row by row; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Grey(int width, int height, byte[] luminance) implements FramePixels {}

    /** The frame can't be read. */
    record Unreadable(Rejection rejection) implements FramePixels {}
}
