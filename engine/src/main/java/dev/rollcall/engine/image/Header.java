package dev.rollcall.engine.image;

/**
 * A picture's size, coding and memory need, read from its header without decoding a pixel.
 *
 * @param width stored width in pixels, positive
 * @param height stored height in pixels, positive
 * @param coding how it is coded
 * @param orientation which side is up
 * @param workingBytes the most that decoding allocates in addition to the reduced picture, on the heap and natively
 */
record Header(int width, int height, Coding coding, ExifOrientation orientation, long workingBytes) {

    /** Pixels down to which a large picture is reduced while decoding: those of a 1920×1088 video frame. */
    static final int SUFFICIENT_PIXELS = 1920 * 1088;

    /** Kinds of coding, by what they cost to decode. */
    enum Coding {
        /** JPEG of one scan: row by row, within a few rows of memory. */
        SINGLE_SCAN,
        /** JPEG with four channels, CMYK or YCCK, of one or several scans. */
        CMYK,
        /** Progressive JPEG, or one with a scan for each channel: all coefficients are kept until the last scan. */
        MULTI_SCAN,
        /** PNG, row by row, interlaced or not. */
        PNG,
        /** Lossy WebP: row by row. */
        LOSSY_WEBP,
        /** Lossless WebP: row by row, with up to a million of the previous pixels. */
        LOSSLESS_WEBP
    }

    Header {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture can't be " + width + "×" + height);
        }
    }

    long pixels() {
        return (long) width * height;
    }

    /** The smallest integer factor that reduces a picture to {@link #SUFFICIENT_PIXELS}. */
    static int step(int width, int height) {
        int step = 1;
        while (reduced(width, step) * (long) reduced(height, step) > SUFFICIENT_PIXELS) {
            step++;
        }
        return step;
    }

    /** How many pixels of a length remain when every {@code step}-th is taken. */
    static int reduced(int length, int step) {
        return (int) ((length + step - 1L) / step);
    }

    /** The factor of reduction: every {@code step}-th column and row is taken. */
    int step() {
        return step(width, height);
    }

    /** Width of the decoded picture as stored. */
    int reducedWidth() {
        return reduced(width, step());
    }

    /** Height of the decoded picture as stored. */
    int reducedHeight() {
        return reduced(height, step());
    }

    /** The most memory that decoding the picture and holding it takes, in bytes, on the heap and natively. */
    long bytes() {
        return workingBytes + (long) reducedWidth() * reducedHeight() * Image.CHANNELS;
    }
}
