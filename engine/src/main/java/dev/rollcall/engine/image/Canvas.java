package dev.rollcall.engine.image;

import java.util.Arrays;

/**
 * Memory for one decoded picture, used again for the next one: pictures are the largest thing that an analysis
 * allocates, and large arrays that live for one analysis only let the heap grow. A picture on a canvas is good until
 * the next one is decoded. Not safe for use by several threads at once.
 */
public final class Canvas {

    private static final byte[] NONE = {};

    private final PictureMemory memory;
    private byte[] pixels = NONE;
    private int used;
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

    /**
     * Memory for the pixels of a picture as {@link Image} has them, or more. All of them have to be set: they may be
     * of any value.
     */
    byte[] pixels(int width, int height) {
        used = Math.multiplyExact(Math.multiplyExact(width, height), Image.CHANNELS);
        if (pixels.length < used) {
            pixels = NONE;
            pixels = new byte[used];
        }
        return pixels;
    }

    /** Blackens what is kept, and gives back the memory: nothing of a picture outlives its analysis. */
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
