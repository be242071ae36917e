package dev.rollcall.engine.image;

/**
 * A colour picture: 8 bits per channel, three interleaved channels, rows from top to bottom without padding, seen
 * as stored or rotated by quarter turns.
 *
 * <p>The pixels are shared, not copied, because they are the largest thing in an analysis; they must not be written while
 * the picture is in use. A rotated picture is a view of the same pixels. Safe for use by several threads.
 */
public final class Image {

    /** Bytes of one pixel. */
    public static final int CHANNELS = 3;

    static final int RED = 0;
    static final int GREEN = 1;
    static final int BLUE = 2;

    private final int storedWidth;
    private final int storedHeight;
    private final byte[] pixels;
    private final Rotation rotation;

    /**
     * Wraps pixels.
     *
     * @param pixels {@code width · height · 3} bytes in the order red, green, blue; not copied
     * @throws IllegalArgumentException if the sizes don't fit
     */
    public Image(int width, int height, byte[] pixels) {
        this(width, height, pixels, Rotation.NONE);
        if (width < 1 || height < 1 || pixels.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "%d bytes are not a picture of %d×%d".formatted(pixels.length, width, height));
        }
    }

    /** A picture in the first bytes of an array that may be larger. */
    static Image in(byte[] memory, int width, int height) {
        if (memory.length < (long) width * height * CHANNELS) {
            throw new IllegalArgumentException("%d bytes are too few".formatted(memory.length));
        }
        return new Image(width, height, memory, Rotation.NONE);
    }

    private Image(int storedWidth, int storedHeight, byte[] pixels, Rotation rotation) {
        this.storedWidth = storedWidth;
        this.storedHeight = storedHeight;
        this.pixels = pixels;
        this.rotation = rotation;
    }

    /** A view of the picture, rotated further. */
    public Image rotated(Rotation further) {
        return further == Rotation.NONE ? this : new Image(storedWidth, storedHeight, pixels, rotation.then(further));
    }

    /** Width as seen, in pixels. */
    public int width() {
        return rotation.swapsSides() ? storedHeight : storedWidth;
    }

    /** Height as seen, in pixels. */
    public int height() {
        return rotation.swapsSides() ? storedWidth : storedHeight;
    }

    /**
     * Luminance of a pixel as seen: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601) in whole numbers, 0…255.
     *
     * @param x 0 to width − 1
     * @param y 0 to height − 1
     */
    public int luminance(int x, int y) {
        int at = offset(x, y);
        return (77 * (pixels[at + RED] & 0xFF) + 150 * (pixels[at + GREEN] & 0xFF) + 29 * (pixels[at + BLUE] & 0xFF))
                >> 8;
    }

    int offset(int x, int y) {
        int column = x;
        int row = y;
        switch (rotation) {
            case NONE -> {}
            case RIGHT -> {
                column = y;
                row = storedHeight - 1 - x;
            }
            case HALF -> {
                column = storedWidth - 1 - x;
                row = storedHeight - 1 - y;
            }
            case LEFT -> {
                column = storedWidth - 1 - y;
                row = x;
            }
        }
        return (row * storedWidth + column) * CHANNELS;
    }

    Rotation rotation() {
        return rotation;
    }

    int storedWidth() {
        return storedWidth;
    }

    int storedHeight() {
        return storedHeight;
    }

    /** The shared pixels as stored, before any rotation; for reading only. The array may be longer than the picture. */
    byte[] pixels() {
        return pixels;
    }
}
