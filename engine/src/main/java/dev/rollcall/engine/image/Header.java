package dev.rollcall.engine.image;

/**
 * What a picture's header says, read without decoding a pixel.
 *
 * @param width stored width in pixels, positive
 * @param height stored height in pixels, positive
 * @param coding what decoding it will take
 * @param orientation which side is up
 */
record Header(int width, int height, Coding coding, ExifOrientation orientation) {

    /** Kinds of coding, by what they cost to decode. */
    enum Coding {
        /** Row by row, within a few rows of memory: JPEG of one scan. */
        STREAMED,
        /** JPEG with four inks, cyan, magenta, yellow and black. */
        FOUR_INKS,
        /** Progressive JPEG, or one with a scan for each channel: all coefficients are kept until the last has come. */
        MANY_SCANS,
        /** PNG: row by row, with samples of up to 64 bits for each pixel. */
        PNG,
        /** WebP, decoded in plain Java, the whole picture at once. */
        WEBP
    }

    Header {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("no picture is " + width + "×" + height);
        }
    }

    long pixels() {
        return (long) width * height;
    }
}
