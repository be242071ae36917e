package dev.rollcall.engine.image;

import dev.rollcall.engine.image.PngHeader.Color;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files of every kind, for tests; the samples are random. */
final class PngFile {

    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };
    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final PngHeader header;
    private final int[] samples;
    private final Random random;
    private byte[] palette = {};

    PngFile(PngHeader header, long seed) {
        this.header = header;
        this.random = new Random(seed);
        this.samples = random.ints(
                        (long) header.width() * header.height() * header.color().samples(), 0, 1 << header.depth())
                .toArray();
        if (header.color() == Color.PALETTE) {
            palette = new byte[3 << header.depth()];
            random.nextBytes(palette);
        }
    }

    /** What the standard says the file shows: red, green and blue of each pixel on white. */
    int[] expected() {
        int channels = header.color().samples();
        int[] pixels = new int[header.width() * header.height() * 3];
        for (int i = 0; i < samples.length / channels; i++) {
            int alpha = 255;
            for (int channel = 0; channel < 3; channel++) {
                int at = channels * i;
                int value;
                if (header.color() == Color.PALETTE) {
                    value = palette[3 * samples[at] + channel] & 0xFF;
                } else {
                    value = eightBits(samples[channels < 3 ? at : at + channel]);
                    alpha = channels % 2 == 0 ? eightBits(samples[at + channels - 1]) : 255;
                }
                pixels[3 * i + channel] = 255 + (value - 255) * alpha / 255;
            }
        }
        return pixels;
    }

    private int eightBits(int sample) {
        return (int) Math.round(sample * 255.0 / ((1 << header.depth()) - 1));
    }

    byte[] bytes(byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeBytes(chunk("IHDR", start()));
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        if (palette.length > 0) {
            out.writeBytes(chunk("PLTE", palette));
        }
        byte[] data = deflated();
        int half = data.length / 2;
        out.writeBytes(chunk("IDAT", Arrays.copyOf(data, half)));
        out.writeBytes(chunk("IDAT", Arrays.copyOfRange(data, half, data.length)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] chunk(String name, byte[] content) {
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(8 + named.length)
                .putInt(content.length)
                .put(named)
                .putInt((int) crc.getValue())
                .array();
    }

    private byte[] start() {
        int type =
                switch (header.color()) {
                    case GREY -> 0;
                    case RGB -> 2;
                    case PALETTE -> 3;
                    case GREY_ALPHA -> 4;
                    case RGB_ALPHA -> 6;
                };
        return ByteBuffer.allocate(13)
                .putInt(header.width())
                .putInt(header.height())
                .put((byte) header.depth())
                .put((byte) type)
                .put(12, (byte) (header.interlaced() ? 1 : 0))
                .array();
    }

    private byte[] deflated() {
        Deflater deflater = new Deflater(1);
        deflater.setInput(filteredRows());
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private byte[] filteredRows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] pass : header.interlaced() ? PASSES : WHOLE) {
            int width = (header.width() - pass[0] + pass[2] - 1) / pass[2];
            if (width <= 0) {
                continue;
            }
            byte[] above = new byte[header.rowBytes(width)];
            for (int y = pass[1]; y < header.height(); y += pass[3]) {
                byte[] row = packed(pass, y, above.length);
                int filter = random.nextInt(5);
                out.write(filter);
                out.writeBytes(filtered(filter, row, above));
                above = row;
            }
        }
        return out.toByteArray();
    }

    private byte[] packed(int[] pass, int y, int length) {
        byte[] row = new byte[length];
        int channels = header.color().samples();
        int bit = 0;
        for (int x = pass[0]; x < header.width(); x += pass[2]) {
            for (int channel = 0; channel < channels; channel++) {
                int sample = samples[(y * header.width() + x) * channels + channel];
                for (int i = header.depth() - 1; i >= 0; i--, bit++) {
                    row[bit / 8] |= (byte) (((sample >> i) & 1) << (7 - bit % 8));
                }
            }
        }
        return row;
    }

    private byte[] filtered(int filter, byte[] row, byte[] above) {
        int back = Math.max(1, header.bitsPerPixel() / 8);
        byte[] out = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            int left = i < back ? 0 : row[i - back] & 0xFF;
            int top = above[i] & 0xFF;
            int corner = i < back ? 0 : above[i - back] & 0xFF;
            int prediction =
                    switch (filter) {
                        case 1 -> left;
                        case 2 -> top;
                        case 3 -> (left + top) / 2;
                        case 4 -> paeth(left, top, corner);
                        default -> 0;
                    };
            out[i] = (byte) (row[i] - prediction);
        }
        return out;
    }

    private static int paeth(int left, int top, int corner) {
        int estimate = left + top - corner;
        int toLeft = Math.abs(estimate - left);
        int toTop = Math.abs(estimate - top);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toTop && toLeft <= toCorner) {
            return left;
        }
        return toTop <= toCorner ? top : corner;
    }
}
