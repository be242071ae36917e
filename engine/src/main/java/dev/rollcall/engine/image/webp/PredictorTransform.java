package dev.rollcall.engine.image.webp;

import java.io.IOException;

/**
 * The transform that subtracted a prediction from each pixel, computed from its neighbours by a mode that each region has
 * (RFC 9649, section 3.5.1). Not safe for use by several threads at once.
 */
final class PredictorTransform implements Transform {

    private static final int BLACK = 0xFF000000;

    private final int width;
    private final int bits;
    private final int columns;
    private final byte[] modes;
    /** The row above, and after it the first pixel of this one. */
    private final int[] above;

    private int y;

    PredictorTransform(BitReader in, int width, int height) throws IOException {
        this.width = width;
        this.bits = 2 + in.read(3);
        this.columns = Transform.regions(width, bits);
        int[] pixels = CodedPixels.all(in, columns, Transform.regions(height, bits));
        this.modes = new byte[pixels.length];
        for (int i = 0; i < modes.length; i++) {
            modes[i] = (byte) (pixels[i] >> 8 & 0xF);
        }
        this.above = new int[width + 1];
    }

    @Override
    public void undo(int[] row) {
        row[0] = Transform.add(row[0], y == 0 ? BLACK : above[0]);
        above[width] = row[0];
        int regions = (y >> bits) * columns;
        for (int x = 1; x < width; x++) {
            int prediction = y == 0 ? row[x - 1] : predict(modes[regions + (x >> bits)], row[x - 1], x);
            row[x] = Transform.add(row[x], prediction);
        }
        System.arraycopy(row, 0, above, 0, width);
        y++;
    }

    private int predict(int mode, int left, int x) {
        int top = above[x];
        int topLeft = above[x - 1];
        int topRight = above[x + 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> mean(mean(left, topRight), top);
            case 6 -> mean(left, topLeft);
            case 7 -> mean(left, top);
            case 8 -> mean(topLeft, top);
            case 9 -> mean(top, topRight);
            case 10 -> mean(mean(left, topLeft), mean(top, topRight));
            case 11 -> nearest(left, top, topLeft);
            case 12 -> sum(left, top, topLeft);
            case 13 -> halfBeyond(mean(left, top), topLeft);
            default -> BLACK;
        };
    }

    private static int mean(int one, int other) {
        return (((one ^ other) & 0xFEFEFEFE) >>> 1) + (one & other);
    }

    /** The left or the top one, whichever is nearer to left + top − top left in the sum over all channels. */
    private static int nearest(int left, int top, int topLeft) {
        int toLeft = 0;
        int toTop = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int corner = topLeft >> shift & 0xFF;
            toLeft += Math.abs((top >> shift & 0xFF) - corner);
            toTop += Math.abs((left >> shift & 0xFF) - corner);
        }
        return toLeft < toTop ? left : top;
    }

    private static int sum(int left, int top, int topLeft) {
        int all = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (left >> shift & 0xFF) + (top >> shift & 0xFF) - (topLeft >> shift & 0xFF);
            all |= clamp(value) << shift;
        }
        return all;
    }

    private static int halfBeyond(int mean, int topLeft) {
        int all = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = mean >> shift & 0xFF;
            all |= clamp(value + (value - (topLeft >> shift & 0xFF)) / 2) << shift;
        }
        return all;
    }

    private static int clamp(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }
}
