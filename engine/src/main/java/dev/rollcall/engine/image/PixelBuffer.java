package dev.rollcall.engine.image;

import java.util.Arrays;

/**
 * Memory for one decoded picture, reused for the next one: pictures are the largest thing that an analysis allocates,
 * and large arrays that live for one analysis only let the heap grow. A picture is valid until the next one is decoded
 * into the same buffer. Not safe for use by several threads at once.
 */
public final class PixelBuffer {

    private static final byte[] NONE = {};

    private final PictureMemory memory;
    private byte[] pixels = NONE;
    private int used;
    private long taken;
    private long kept;

    /**
     * Makes an empty buffer.
     *
     * @param memory the budget that the buffer's pictures take their memory from
     */
    public PixelBuffer(PictureMemory memory) {
        this.memory = memory;
    }

    /** The most memory that one picture may take, in bytes. */
    long maxBytes() {
        return memory.total();
    }

    /**
     * Takes memory from the budget for a picture in place of the previous one; waits until there is enough.
     *
     * @param bytes what decoding and the picture take, at most {@link #maxBytes()}
     */
    void reserve(long bytes) {
        giveBack();
        memory.take(bytes);
        taken = bytes;
    }

    /**
     * An array for the pixels of a picture in the layout of {@link Image}, at least as long as the picture. Its content
     * is undefined.
     */
    byte[] pixels(int width, int height) {
        used = Math.multiplyExact(Math.multiplyExact(width, height), Image.CHANNELS);
        if (pixels.length < used) {
            pixels = NONE;
            pixels = new byte[used];
        }
        return pixels;
    }

    /** Overwrites the picture with zeros and gives its memory back: no pixel outlives its analysis. */
    public void clear() {
        if (pixels.length != kept) {
            keepNoLonger();
            if (memory.keep(pixels.length)) {
                kept = pixels.length;
            } else {
                pixels = NONE;
            }
        }
        Arrays.fill(pixels, 0, Math.min(used, pixels.length), (byte) 0);
        used = 0;
        giveBack();
    }

    /** Gives back all memory, the kept array included. */
    public void discard() {
        pixels = NONE;
        keepNoLonger();
        giveBack();
    }

    private void keepNoLonger() {
        memory.keepNoLonger(kept);
        kept = 0;
    }

    private void giveBack() {
        memory.giveBack(taken);
        taken = 0;
    }
}
