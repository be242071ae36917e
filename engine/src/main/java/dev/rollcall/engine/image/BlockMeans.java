package dev.rollcall.engine.image;

/**
 * A part of a picture reduced to the means of square blocks of pixels. Keeps its buffers from call to call: not safe for
 * use by several threads at once.
 */
final class BlockMeans {

    private byte[] pixels = new byte[0];
    private int[] sums = new int[0];
    private int left;
    private int top;
    private int factor = 1;
    private int width;
    private int height;

    /**
     * Reduces a rectangle of the stored picture, extended by one block on each side as far as the picture extends.
     *
     * @param factor side of a block in pixels
     * @return false if the rectangle is outside the picture
     */
    boolean reduce(Image image, int factor, float fromX, float fromY, float toX, float toY) {
        this.factor = factor;
        left = Math.max(0, (int) fromX - factor);
        top = Math.max(0, (int) fromY - factor);
        width = (Math.min(image.storedWidth(), (int) toX + 2 * factor) - left) / factor;
        height = (Math.min(image.storedHeight(), (int) toY + 2 * factor) - top) / factor;
        if (width <= 0 || height <= 0) {
            return false;
        }
        int stride = width * Image.CHANNELS;
        if (pixels.length < stride * height) {
            pixels = new byte[stride * height];
        }
        if (sums.length < stride) {
            sums = new int[stride];
        }
        for (int y = 0; y < height; y++) {
            for (int row = 0; row < factor; row++) {
                addRow(image, top + y * factor + row, row == 0);
            }
            int share = factor * factor;
            int out = y * stride;
            for (int i = 0; i < stride; i++) {
                pixels[out + i] = (byte) ((sums[i] + share / 2) / share);
            }
        }
        return true;
    }

    private void addRow(Image image, int y, boolean first) {
        byte[] in = image.pixels();
        int[] out = sums;
        int at = (y * image.storedWidth() + left) * Image.CHANNELS;
        for (int x = 0; x < width * Image.CHANNELS; x += Image.CHANNELS) {
            int red = first ? 0 : out[x];
            int green = first ? 0 : out[x + 1];
            int blue = first ? 0 : out[x + 2];
            for (int i = 0; i < factor; i++, at += Image.CHANNELS) {
                red += in[at] & 0xFF;
                green += in[at + 1] & 0xFF;
                blue += in[at + 2] & 0xFF;
            }
            out[x] = red;
            out[x + 1] = green;
            out[x + 2] = blue;
        }
    }

    /** The means, three bytes each, rows of {@link #width()} from top to bottom; overwritten by the next call. */
    byte[] pixels() {
        return pixels;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The x coordinate among the means of an x coordinate of the picture; pixel centres are integers in both. */
    float reducedX(float x) {
        return (x - left - (factor - 1) / 2f) / factor;
    }

    /** The y coordinate among the means of a y coordinate of the picture; pixel centres are integers in both. */
    float reducedY(float y) {
        return (y - top - (factor - 1) / 2f) / factor;
    }
}
