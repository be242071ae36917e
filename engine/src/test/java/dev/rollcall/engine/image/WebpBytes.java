package dev.rollcall.engine.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes plain WebP files, for tests. */
final class WebpBytes {

    private static final int GREENS = 280;
    private static final int VALUES = 256;
    private static final int DISTANCES = 40;

    private final ByteArrayOutputStream bits = new ByteArrayOutputStream();
    private int window;
    private int have;

    private WebpBytes() {}

    /** A file of some chunks. */
    static byte[] file(byte[]... chunks) {
        int length = 4;
        for (byte[] chunk : chunks) {
            length += chunk.length;
        }
        ByteBuffer out = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        out.put("WEBP".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            out.put(chunk);
        }
        return out.array();
    }

    static byte[] chunk(String name, byte[] content) {
        ByteBuffer out =
                ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    /** The chunk that a file with transparency begins with. */
    static byte[] extended(int width, int height) {
        ByteBuffer out = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x10).putInt(width - 1).putInt(7, height - 1);
        return chunk("VP8X", Arrays.copyOf(out.array(), 10));
    }

    /** A grey picture: a key frame of zeros, whose blocks are all the means of their neighbours. */
    static byte[] grey(int width, int height) {
        int partition = 4096 + width * height / 256;
        ByteBuffer out = ByteBuffer.allocate(10 + 2 * partition).order(ByteOrder.LITTLE_ENDIAN);
        int tag = 1 << 4 | partition << 5;
        out.put((byte) tag).put((byte) (tag >> 8)).put((byte) (tag >> 16));
        out.put((byte) 0x9D).put((byte) 0x01).put((byte) 0x2A);
        out.putShort((short) width).putShort((short) height);
        return chunk("VP8 ", out.array());
    }

    /** A lossless picture without any means of making it smaller. */
    static byte[] lossless(int width, int height, int[] argb) {
        WebpBytes out = new WebpBytes();
        out.put(0x2F, 8);
        out.put(width - 1, 14);
        out.put(height - 1, 14);
        out.put(1, 1);
        out.put(0, 3);
        out.putPixels(argb);
        return chunk("VP8L", out.toByteArray());
    }

    /** Transparency as lossless WebP stores it, without its first byte. */
    static byte[] transparency(byte[] alpha) {
        int[] argb = new int[alpha.length];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = (alpha[i] & 0xFF) << 8;
        }
        WebpBytes out = new WebpBytes();
        out.putPixels(argb);
        return out.toByteArray();
    }

    /**
     * A lossless picture whose only region is coded with the last of 65,536 groups of codes, all of which are there.
     */
    static byte[] manyCodes() {
        WebpBytes out = new WebpBytes();
        out.put(0x2F, 8);
        out.put(0, 28); // one pixel
        out.put(0, 4);
        out.put(0, 2); // no transform, no colour cache
        out.put(1, 1); // regions
        out.put(0, 3); // of 4×4 pixels
        out.put(0, 1); // no colour cache
        for (int number : new int[] {0xFF, 0xFF, 0, 0, 0}) {
            out.putOnly(number);
        }
        for (int i = 0; i < 5 << 16; i++) {
            out.putOnly(0);
        }
        return chunk("VP8L", out.toByteArray());
    }

    /** A code of the only symbol. */
    private void putOnly(int symbol) {
        put(0b101, 3);
        put(symbol, 8);
    }

    private void putPixels(int[] argb) {
        put(0, 1); // no transform
        put(0, 1); // no colour cache
        put(0, 1); // one kind of codes
        putEightBitCode(GREENS);
        putEightBitCode(VALUES);
        putEightBitCode(VALUES);
        putEightBitCode(VALUES);
        putEightBitCode(DISTANCES);
        for (int pixel : argb) {
            for (int shift : new int[] {8, 16, 0, 24}) {
                put(Integer.reverse(pixel >> shift & 0xFF) >>> 24, 8);
            }
        }
    }

    /** A code of eight bits for each of the first 256 symbols, or of the only symbol of fewer. */
    private void putEightBitCode(int symbols) {
        if (symbols < VALUES) {
            put(0b0001, 4); // one symbol, of one bit: 0
            return;
        }
        put(0, 1);
        put(12 - 4, 4); // the lengths of 17, 18, 0 to 5, 16, 6, 7, 8
        for (int i = 0; i < 12; i++) {
            put(i == 1 || i == 11 ? 1 : 0, 3);
        }
        put(0, 1); // all symbols have lengths
        for (int i = 0; i < VALUES; i++) {
            put(0, 1); // 8
        }
        if (symbols > VALUES) {
            put(1, 1); // 18: zeros
            put(symbols - VALUES - 11, 7);
        }
    }

    private void put(int value, int count) {
        for (int i = 0; i < count; i++) {
            window |= (value >> i & 1) << have;
            have++;
            if (have == 8) {
                bits.write(window);
                window = 0;
                have = 0;
            }
        }
    }

    private byte[] toByteArray() {
        put(0, 64);
        return bits.toByteArray();
    }
}
