package dev.rollcall.engine.image;

/**
 * What a picture's header says, read without decoding a pixel.
 *
 * @param width stored width in pixels, positive
 * @param height stored height in pixels, positive
 * @param coding what decoding it will take
 * @param orientation which side is up
 * @param workingBytes the most that decoding allocates beside the reduced picture, on the heap and natively
 */
record Header(int width, int height, Coding coding, ExifOrientation orientation, long workingBytes) {

    /** Pixels down to which a large picture is reduced while decoding: those of a 1920×1088 video frame. */
    static final int SUFFICIENT_PIXELS = 1920 * 1088;

    /** Kinds of coding, by what they cost to decode. */
    enum Coding {
        /** Row by row, within a few rows of memory: JPEG of one scan. */
        STREAMED,
        /** JPEG with four inks, cyan, magenta, yellow and black, of one or many scans. */
        FOUR_INKS,
        /** Progressive JPEG, or one with a scan for each channel: all coefficients are kept until the last has come. */
        MANY_SCANS,
        /** PNG, row by row, interlaced or not. */
        PNG,
        /** Lossy WebP: row by row. */
        LOSSY_WEBP,
        /** Lossless WebP: row by row, with up to a million of the pixels before. */
        LOSSLESS_WEBP
    }

    Header {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("no picture is " + width + "×" + height);
        }
    }

    long pixels() {
        return (long) width * height;
    }

    /** The smallest whole factor that reduces a picture to what is sufficient. */
    static int step(int width, int height) {
        int step = 1;
        while (reduced(width, step) * (long) reduced(height, step) > SUFFICIENT_PIXELS) {
            step++;
        }
        return step;
    }

    /** How many pixels are left of a length when only each so-manieth is taken. */
    static int reduced(int length, int step) {
        return (int) ((length + step - 1L) / step);
    }

    /** Every how-manieth column and row is taken. */
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
