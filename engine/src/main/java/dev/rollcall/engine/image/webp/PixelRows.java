package dev.rollcall.engine.image.webp;

import java.io.IOException;

/** The rows of a picture from top to bottom, decoded one after another. Not safe for use by several threads at once. */
public interface PixelRows {

    /**
     * Decodes the next row.
     *
     * @param argb takes a pixel of each column: alpha, red, green, blue from the highest byte to the lowest
     * @throws IOException if the data is damaged or ends too early
     */
    void next(int[] argb) throws IOException;
}
