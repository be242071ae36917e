package dev.rollcall.engine.image;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes the pixels of a PNG file row by row into the reduced picture (ISO/IEC 15948). Colour profiles and gamma are
 * ignored. Not safe for use by several threads at once.
 */
final class PngPixels {

    /** A pass of an interlaced picture: its first column and row, and the steps from each to the next. */
    private record Pass(int left, int top, int stepX, int stepY) {}

    private static final Pass WHOLE = new Pass(0, 0, 1, 1);
    private static final Pass[] ADAM7 = {
        new Pass(0, 0, 8, 8),
        new Pass(4, 0, 8, 8),
        new Pass(0, 4, 4, 8),
        new Pass(2, 0, 4, 4),
        new Pass(0, 2, 2, 4),
        new Pass(1, 0, 2, 2),
        new Pass(0, 1, 1, 2)
    };

    private final PngHeader header;
    private final PngData data;
    private final Reduction out;
    private final PngSamples samples;
    /** Distance in bytes between a sample and that of the pixel to the left; rows begin with as many zeros. */
    private final int left;

    private byte[] row;
    private byte[] above;

    private PngPixels(PngHeader header, PngData data, Reduction out) throws IOException {
        this.header = header;
        this.data = data;
        this.out = out;
        this.left = Math.max(1, header.bitsPerPixel() / 8);
        this.row = new byte[left + header.rowBytes(header.width())];
        this.above = new byte[row.length];
        this.samples = new PngSamples(header, data, left);
    }

    /**
     * Decodes a file.
     *
     * @throws IOException if it is damaged
     */
    static void decode(byte[] file, Reduction out) throws IOException {
        try (PngData data = new PngData(file)) {
            new PngPixels(PngHeader.parse(file), data, out).decode();
        }
    }

    private void decode() throws IOException {
        if (!header.interlaced()) {
            decode(WHOLE);
            return;
        }
        for (Pass pass : ADAM7) {
            decode(pass);
        }
    }

    private void decode(Pass pass) throws IOException {
        int width = Math.max(0, Header.reduced(header.width() - pass.left, pass.stepX));
        if (width == 0) {
            return;
        }
        int bytes = header.rowBytes(width);
        Arrays.fill(above, (byte) 0);
        byte[] filter = new byte[1];
        for (int y = pass.top; y < header.height(); y += pass.stepY) {
            data.read(filter, 0, 1);
            data.read(row, left, bytes);
            unfilter(filter[0], left + bytes);
            if (out.takesRow(y)) {
                deliver(pass, y);
            }
            byte[] done = row;
            row = above;
            above = done;
        }
    }

    private void deliver(Pass pass, int y) {
        int step = out.step();
        if (!header.interlaced() && step == 1 && samples.areRgbBytes()) {
            System.arraycopy(row, left, out.pixels(), out.start(y), header.rowBytes(header.width()));
            return;
        }
        for (int x = pass.left, i = 0; x < header.width(); x += pass.stepX, i++) {
            if (x % step == 0) {
                out.pixel(x, y, samples.argb(row, i));
            }
        }
    }

    /** Undoes a row's filter; sums are modulo 256. */
    private void unfilter(int filter, int end) throws IOException {
        byte[] now = row;
        byte[] before = above;
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int i = left; i < end; i++) {
                    now[i] += now[i - left];
                }
            }
            case 2 -> {
                for (int i = left; i < end; i++) {
                    now[i] += before[i];
                }
            }
            case 3 -> {
                for (int i = left; i < end; i++) {
                    now[i] += (byte) (((now[i - left] & 0xFF) + (before[i] & 0xFF)) / 2);
                }
            }
            case 4 -> {
                for (int i = left; i < end; i++) {
                    now[i] += (byte) paeth(now[i - left] & 0xFF, before[i] & 0xFF, before[i - left] & 0xFF);
                }
            }
            default -> throw new IOException("unknown filter " + filter);
        }
    }

    /** The neighbour that is nearest to left + above − corner. */
    private static int paeth(int leftOf, int aboveOf, int corner) {
        int toLeft = Math.abs(aboveOf - corner);
        int toAbove = Math.abs(leftOf - corner);
        int toCorner = Math.abs(leftOf + aboveOf - 2 * corner);
        if (toLeft <= toAbove && toLeft <= toCorner) {
            return leftOf;
        }
        return toAbove <= toCorner ? aboveOf : corner;
    }
}
