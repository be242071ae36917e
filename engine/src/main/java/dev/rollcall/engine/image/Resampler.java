package dev.rollcall.engine.image;

import dev.rollcall.engine.Box;

/**
 * Draws a rectangle of a picture into a model's input at another size. What lies outside the picture repeats its border.
 * Keeps its buffers from call to call: not safe for use by several threads at once.
 */
public final class Resampler {

    /*
     * The two axes are independent, so each target row is made in two passes: the source rows it covers are added up,
     * weighted, into one row of sums; then each target pixel adds up, weighted, the columns that it covers.
     *
     * The weights of an axis come from its scale s (source pixels per target pixel). Shrinking (s > 1): target pixel j
     * is the mean over [start + j·s, start + (j + 1)·s); a source pixel weighs the part of it that lies within, over s.
     * Enlarging (s ≤ 1): the two source pixels around the target pixel's centre weigh by their nearness (bilinear).
     */

    private float[] sums = new float[0];

    /**
     * Draws {@code region} of the picture over all of the planes.
     *
     * @param region in pixels of the picture; may reach over its border
     */
    public void draw(Image image, Box region, Planes planes) {
        draw(image, region, planes, planes.width(), planes.height());
    }

    /** Draws {@code region} of the picture over the top left {@code width × height} pixels of the planes. */
    public void draw(Image image, Box region, Planes planes, int width, int height) {
        Taps columns = Taps.of(region.left(), region.width(), width, image.width());
        Taps rows = Taps.of(region.top(), region.height(), height, image.height());
        int firstColumn = columns.lowest();
        int sumsNeeded = (columns.highest() - firstColumn + 1) * Image.CHANNELS;
        if (sums.length < sumsNeeded) {
            sums = new float[sumsNeeded];
        }
        for (int y = 0; y < height; y++) {
            addRows(image, firstColumn, sumsNeeded, rows, y);
            for (int x = 0; x < width; x++) {
                addColumns(columns, x, firstColumn, planes, y);
            }
        }
    }

    private void addRows(Image image, int firstColumn, int count, Taps rows, int y) {
        byte[] pixels = image.pixels();
        float[] row = sums;
        int end = rows.end(y);
        for (int tap = rows.start(y); tap < end; tap++) {
            float weight = rows.weight(tap);
            int in = (rows.index(tap) * image.width() + firstColumn) * Image.CHANNELS;
            if (tap == rows.start(y)) {
                for (int i = 0; i < count; i++) {
                    row[i] = weight * (pixels[in + i] & 0xFF);
                }
            } else {
                for (int i = 0; i < count; i++) {
                    row[i] += weight * (pixels[in + i] & 0xFF);
                }
            }
        }
    }

    private void addColumns(Taps columns, int x, int firstColumn, Planes planes, int y) {
        float[] row = sums;
        float red = 0;
        float green = 0;
        float blue = 0;
        int end = columns.end(x);
        for (int tap = columns.start(x); tap < end; tap++) {
            float weight = columns.weight(tap);
            int at = (columns.index(tap) - firstColumn) * Image.CHANNELS;
            blue += weight * row[at + Image.BLUE];
            green += weight * row[at + Image.GREEN];
            red += weight * row[at + Image.RED];
        }
        planes.set(x, y, red, green, blue);
    }
}
