package dev.rollcall.engine.image;

/**
 * An upright colour picture: 8 bits per channel, three interleaved channels, rows from top to bottom without padding.
 *
 * <p>The pixels are shared, not copied, because they are the largest thing in an analysis; nobody writes to them after
 * construction. Safe for use by several threads.
 */
public final class Image {

    /** Bytes of one pixel. */
    public static final int CHANNELS = 3;

    /** Offset of red within a pixel. */
    public static final int RED = 0;

    /** Offset of green within a pixel. */
    public static final int GREEN = 1;

    /** Offset of blue within a pixel. */
    public static final int BLUE = 2;

    private final int width;
    private final int height;
    private final byte[] pixels;

    /**
     * Wraps pixels.
     *
     * @param pixels {@code width · height · 3} bytes in the order red, green, blue; not copied
     * @throws IllegalArgumentException if the sizes don't fit
     */
    public Image(int width, int height, byte[] pixels) {
        if (width < 1 || height < 1 || pixels.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "%d bytes are not a picture of %d×%d".formatted(pixels.length, width, height));
        }
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The shared pixels, for reading only. */
    public byte[] pixels() {
        return pixels;
    }
}
