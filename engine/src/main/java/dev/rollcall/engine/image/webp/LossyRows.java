package dev.rollcall.engine.image.webp;

import java.io.IOException;

/**
 * The rows of a lossy WebP picture: a VP8 key frame (RFC 6386) in full-range red, green and blue, opaque. Needs memory
 * for some rows. Not safe for use by several threads at once.
 */
public final class LossyRows implements PixelRows {

    private static final int SIDE = 16;
    private static final int HALF = SIDE / 2;
    /** Rows of a macroblock row that neither the filter of the next one nor its colours change. */
    private static final int FINAL = 9;

    private static final int FIXED_BYTES = 64 << 10;
    private static final int BYTES_PER_COLUMN = 80;

    private final int width;
    private final int height;
    private final LossyPlanes planes;
    private final Macroblocks macroblocks;
    private final ColorConversion colors;
    private int macroRow = -1;
    private int row;

    /**
     * Reads the header.
     *
     * @param from where in the data the frame begins
     * @param to where it ends
     * @throws IOException if it is damaged
     */
    public LossyRows(byte[] data, int from, int to) throws IOException {
        LossyHeader header = new LossyHeader(data, from, to);
        width = header.width();
        height = header.height();
        planes = new LossyPlanes((width + SIDE - 1) / SIDE);
        macroblocks = new Macroblocks(header, planes);
        colors = new ColorConversion(width);
    }

    /** The most that decoding a picture of a width allocates, in bytes. */
    public static long bytes(int width) {
        return FIXED_BYTES + (long) (width + SIDE) * BYTES_PER_COLUMN;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    @Override
    public void next(int[] argb) throws IOException {
        while (row >= ready()) {
            planes.moveUp();
            macroRow++;
            macroblocks.next(macroRow);
        }
        int first = (macroRow - 1) * HALF;
        int near = row / 2;
        int far = row % 2 == 0 ? near - 1 : near + 1;
        far = Math.max(0, Math.min((height - 1) / 2, far));
        int stride = planes.chromaStride();
        colors.convert(
                planes, (row - 2 * first) * planes.stride(), (near - first) * stride, (far - first) * stride, argb);
        row++;
    }

    /** How many rows are final. */
    private int ready() {
        int last = (height - 1) / SIDE;
        return macroRow == last ? height : macroRow < 0 ? 0 : macroRow * SIDE + FINAL;
    }
}
