package dev.rollcall.engine.image;

import dev.rollcall.engine.Box;

/**
 * Draws a rectangle of a picture into a model's input at another size. Outside the picture its border is repeated.
 * Keeps its buffers from call to call: not safe for use by several threads at once.
 */
public final class Resampler {

    /*
     * The two axes are independent, so each target row is computed in two passes: the source rows it covers are added up,
     * weighted, into one row of sums; then each target pixel adds up, weighted, the columns that it covers. Taps has
     * the weights of an axis.
     *
     * All sums are integers, which the JVM's C1 compiler handles faster than floats. The weights of
     * an axis add up to Taps.ONE = 2^11, so a row sum is at most 255 · 2^11 < 2^19, and a target pixel at most
     * 255 · 2^22 < 2^30: nothing overflows.
     */

    private final float largestBilinear;
    private int[] sums = new int[0];
    private int[] target = new int[0];

    /** Makes a resampler that averages the source pixels of each target pixel when the picture shrinks (area resampling). */
    public Resampler() {
        this(1);
    }

    /**
     * Makes a resampler that is bilinear also when the picture shrinks a little.
     *
     * @param largestBilinear largest ratio of source to target pixels at which it is bilinear, at least 1
     */
    public Resampler(float largestBilinear) {
        this.largestBilinear = largestBilinear;
    }

    /**
     * Draws {@code region} of the picture over all of the planes.
     *
     * @param region in pixels of the picture; may extend over its border
     */
    public void draw(Image image, Box region, Planes planes) {
        draw(image, region, planes, planes.width(), planes.height());
    }

    /** Draws {@code region} of the picture over the top left {@code width × height} pixels of the planes. */
    public void draw(Image image, Box region, Planes planes, int width, int height) {
        Rotation rotation = image.rotation();
        Box stored = rotation.undo(region, image.storedWidth(), image.storedHeight());
        int columnCount = rotation.swapsSides() ? height : width;
        int rowCount = rotation.swapsSides() ? width : height;
        Taps columns = Taps.of(stored.left(), stored.width(), columnCount, image.storedWidth(), largestBilinear);
        Taps rows = Taps.of(stored.top(), stored.height(), rowCount, image.storedHeight(), largestBilinear);
        if (rotation == Rotation.NONE && columns.block() == 2 && rows.block() == 2 && planes.coloured()) {
            halve(image, columns, rows, planes);
            return;
        }
        int first = columns.lowest() * Image.CHANNELS;
        int count = (columns.highest() + 1) * Image.CHANNELS - first;
        if (sums.length < count) {
            sums = new int[count];
        }
        if (target.length < columnCount * Image.CHANNELS) {
            target = new int[columnCount * Image.CHANNELS];
        }
        int block = columns.block();
        float unit = Taps.ONE * (block > 0 ? block : Taps.ONE);
        for (int row = 0; row < rowCount; row++) {
            addRows(image, first, count, rows, row);
            if (block > 0) {
                addBlocks(block, columnCount);
            } else {
                addColumns(columns, columnCount);
            }
            setLine(planes, rotation, row, rowCount, columnCount, unit);
        }
    }

    /** A faster path for exact halving, which most pictures need for the detector: writes straight into the planes. */
    private static void halve(Image image, Taps columns, Taps rows, Planes planes) {
        int left = columns.lowest() * Image.CHANNELS;
        int stride = image.storedWidth() * Image.CHANNELS;
        int count = columns.starts().length - 1;
        for (int y = 0; y < rows.starts().length - 1; y++) {
            int upper = rows.index(2 * y) * stride + left;
            planes.setHalvedRow(y, image.pixels(), upper, upper + stride, count);
        }
    }

    /** Writes a row of the stored picture to its row or column of the rotated one. */
    private void setLine(Planes planes, Rotation rotation, int row, int rows, int columns, float unit) {
        int stride = planes.width();
        switch (rotation) {
            case NONE -> planes.setLine(row * stride, 1, target, unit, columns);
            case RIGHT -> planes.setLine(rows - 1 - row, stride, target, unit, columns);
            case HALF -> planes.setLine((rows - 1 - row) * stride + columns - 1, -1, target, unit, columns);
            case LEFT -> planes.setLine((columns - 1) * stride + row, -stride, target, unit, columns);
        }
    }

    private void addRows(Image image, int first, int count, Taps rows, int y) {
        int stride = image.storedWidth() * Image.CHANNELS;
        int tap = rows.start(y);
        int end = rows.end(y);
        boolean more = false;
        while (tap < end) {
            int upper = rows.index(tap) * stride + first;
            int upperWeight = rows.weight(tap);
            boolean pair = tap + 1 < end;
            int lower = pair ? rows.index(tap + 1) * stride + first : upper;
            int lowerWeight = pair ? rows.weight(tap + 1) : 0;
            addTwoRows(image.pixels(), upper, upperWeight, lower, lowerWeight, count, more);
            more = true;
            tap += 2;
        }
    }

    private void addTwoRows(
            byte[] pixels, int upper, int upperWeight, int lower, int lowerWeight, int count, boolean more) {
        int[] row = sums;
        if (more) {
            for (int i = 0; i < count; i++) {
                row[i] += upperWeight * (pixels[upper + i] & 0xFF) + lowerWeight * (pixels[lower + i] & 0xFF);
            }
        } else if (upperWeight == lowerWeight) {
            for (int i = 0; i < count; i++) {
                row[i] = upperWeight * ((pixels[upper + i] & 0xFF) + (pixels[lower + i] & 0xFF));
            }
        } else {
            for (int i = 0; i < count; i++) {
                row[i] = upperWeight * (pixels[upper + i] & 0xFF) + lowerWeight * (pixels[lower + i] & 0xFF);
            }
        }
    }

    private void addColumns(Taps columns, int width) {
        int[] row = sums;
        int[] out = target;
        int[] starts = columns.starts();
        int[] indices = columns.indices();
        int[] weights = columns.weights();
        int offset = columns.lowest();
        int tap = 0;
        for (int x = 0, at = 0; x < width; x++, at += Image.CHANNELS) {
            int red = 0;
            int green = 0;
            int blue = 0;
            int end = starts[x + 1];
            while (tap < end) {
                int weight = weights[tap];
                int in = (indices[tap] - offset) * Image.CHANNELS;
                red += weight * row[in];
                green += weight * row[in + 1];
                blue += weight * row[in + 2];
                tap++;
            }
            out[at] = red;
            out[at + 1] = green;
            out[at + 2] = blue;
        }
    }

    /** A faster path for integer ratios: all weights are equal, so columns are only added up. */
    private void addBlocks(int block, int width) {
        int[] row = sums;
        int[] out = target;
        int in = 0;
        for (int at = 0; at < width * Image.CHANNELS; at += Image.CHANNELS) {
            int red = row[in];
            int green = row[in + 1];
            int blue = row[in + 2];
            in += Image.CHANNELS;
            for (int i = 1; i < block; i++, in += Image.CHANNELS) {
                red += row[in];
                green += row[in + 1];
                blue += row[in + 2];
            }
            out[at] = red;
            out[at + 1] = green;
            out[at + 2] = blue;
        }
    }
}
