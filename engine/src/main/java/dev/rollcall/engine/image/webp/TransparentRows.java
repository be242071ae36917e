package dev.rollcall.engine.image.webp;

import java.io.EOFException;
import java.io.IOException;

/**
 * The rows of a lossy WebP picture with the transparency that its chunk ALPH adds (RFC 9649, section 2.7.1.2). Not
 * safe for use by several threads at once.
 */
public final class TransparentRows implements PixelRows {

    private static final int RAW = 0;
    private static final int LOSSLESS = 1;
    private static final int HORIZONTAL = 1;
    private static final int VERTICAL = 2;
    private static final int GRADIENT = 3;
    private static final int RGB = 0x00FFFFFF;

    private final LossyRows colors;
    private final PixelRows stored;
    private final int filter;
    private final int[] alpha;
    private int[] above = {};

    /**
     * Reads the chunk's header.
     *
     * @param from where in the data the chunk's content begins
     * @param to where it ends
     * @throws IOException if it is damaged
     */
    public TransparentRows(LossyRows colors, byte[] data, int from, int to) throws IOException {
        if (from >= to) {
            throw new EOFException("transparency cut off");
        }
        int header = data[from];
        int width = colors.width();
        this.colors = colors;
        this.filter = header >> 2 & 3;
        this.alpha = new int[width];
        switch (header & 3) {
            case RAW -> this.stored = raw(data, from + 1, to, width, colors.height());
            case LOSSLESS -> this.stored = LosslessRows.withoutHeader(data, from + 1, to, width, colors.height());
            default -> throw new IOException("unknown compression of transparency");
        }
    }

    /** The most that decoding the transparency of a picture of a size allocates, in bytes. */
    public static long bytes(int width, int height) {
        return LosslessRows.bytes(width, height) + 4L * width * Integer.BYTES;
    }

    /** One byte of each pixel, as it stands, delivered as green. */
    private static PixelRows raw(byte[] data, int from, int to, int width, int height) throws IOException {
        if (to - from < (long) width * height) {
            throw new EOFException("transparency cut off");
        }
        int[] at = {from};
        return row -> {
            for (int x = 0; x < width; x++) {
                row[x] = data[at[0]++] << 8;
            }
        };
    }

    @Override
    public void next(int[] argb) throws IOException {
        colors.next(argb);
        int[] row = alpha;
        stored.next(row);
        for (int x = 0; x < row.length; x++) {
            row[x] = row[x] >> 8 & 0xFF;
        }
        undoFilter(row);
        for (int x = 0; x < row.length; x++) {
            argb[x] = (argb[x] & RGB) | row[x] << 24;
        }
    }

    private void undoFilter(int[] row) {
        if (filter == 0) {
            return;
        }
        boolean first = above.length == 0;
        if (first) {
            above = new int[row.length];
        } else {
            row[0] = (row[0] + above[0]) & 0xFF;
        }
        for (int x = 1; x < row.length; x++) {
            row[x] = (row[x] + prediction(first ? HORIZONTAL : filter, row[x - 1], above[x], above[x - 1])) & 0xFF;
        }
        System.arraycopy(row, 0, above, 0, row.length);
    }

    private static int prediction(int filter, int left, int top, int corner) {
        return switch (filter) {
            case VERTICAL -> top;
            case GRADIENT -> Math.max(0, Math.min(255, left + top - corner));
            default -> left;
        };
    }
}
