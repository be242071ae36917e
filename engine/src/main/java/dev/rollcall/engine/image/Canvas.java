package dev.rollcall.engine.image;

import java.util.Arrays;

/**
 * Memory for one decoded picture, used again for the next one of the same size: a camera's pictures are all alike, and
 * they are the largest thing that an analysis allocates. A picture on a canvas is good until the next one is decoded.
 * Not safe for use by several threads at once.
 */
public final class Canvas {

    /** Bytes of the largest picture whose memory is kept: those of a 1280×720 video frame. */
    private static final int LARGEST_KEPT = 1280 * 720 * Image.CHANNELS;

    private static final byte[] NONE = {};

    private final PictureMemory memory;
    private byte[] pixels = NONE;
    private long taken;
    private long kept;

    /**
     * An empty canvas.
     *
     * @param memory what its pictures take their memory from
     */
    public Canvas(PictureMemory memory) {
        this.memory = memory;
    }

    /** The most that one picture may take, in bytes. */
    long mostBytes() {
        return memory.total();
    }

    /**
     * Takes the memory for a picture in place of the one before, and waits until there is enough.
     *
     * @param bytes what decoding and the picture take, no more than {@link #mostBytes()}
     */
    void reserve(long bytes) {
        giveBack();
        memory.take(bytes);
        taken = bytes;
    }

    /** The pixels of a picture as {@link Image} has them. All of them have to be set: they may be of any value. */
    byte[] pixels(int width, int height) {
        int length = Math.multiplyExact(Math.multiplyExact(width, height), Image.CHANNELS);
        if (pixels.length != length) {
            pixels = NONE;
            pixels = new byte[length];
        }
        return pixels;
    }

    /** Blackens what is kept, and gives back the memory: nothing of a picture outlives its analysis. */
    public void clear() {
        if (pixels.length != kept) {
            keepNoLonger();
            if (pixels.length <= LARGEST_KEPT && memory.keep(pixels.length)) {
                kept = pixels.length;
            } else {
                pixels = NONE;
            }
        }
        Arrays.fill(pixels, (byte) 0);
        giveBack();
    }

    /** Gives back the memory and keeps none. */
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
