package dev.rollcall.engine.image.webp;

import java.io.IOException;
import java.util.HexFormat;

/**
 * The entropy-coded pixels of a VP8L picture or of one of its parts (RFC 9649, section 3.6): single pixels, copies of
 * earlier ones, and recent colours by their hash. Keeps as many earlier pixels as a copy can reach. Not safe for use
 * by several threads at once.
 */
final class CodedPixels {

    /** The largest distance of a copy: the largest that can be coded is 120 less. */
    static final int REACH = 1 << 20;

    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int LARGEST_CACHE_BITS = 11;
    private static final int HASH = 0x1E35A7BD;
    /** By near distance code: rows up in the upper four bits, and 8 less the columns to the left in the lower ones. */
    private static final byte[] NEAR = HexFormat.of().parseHex("""
            1807171928062729161a262a38053739151b363a252b48044749141c353b464a242c58454b343c03\
            5759131d565a232d444c555b333d68026769121e666a222e545c434d656b323e78017779535d111f\
            646c424e767a212f757b313f636d525e00747c414f1020626e30737d515f40727e616f50717f6070\
            """);

    /** The codes of some region of the picture. */
    private record Codes(PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {}

    private static final int FEW_CODES = 256;
    private static final int TABLE_BITS = 9;
    private static final int TABLE_BITS_OF_MANY = 6;

    private final BitReader in;
    private final int width;
    private final int count;
    private final int[] recent;
    private final int recentMask;
    private final int[] cache;
    private final int cacheShift;
    private final RegionMap regions;
    private final Codes[] codes;
    private int done;
    private int toCopy;
    private int distance;

    /**
     * Reads what comes before the pixels.
     *
     * @param regional whether parts of the picture may have codes of their own
     */
    CodedPixels(BitReader in, int width, int height, boolean regional) throws IOException {
        this.in = in;
        this.width = width;
        this.count = width * height;
        int cacheBits = in.flag() ? in.read(4) : 0;
        if (cacheBits > LARGEST_CACHE_BITS) {
            throw new IOException("colour cache of " + cacheBits + " bits");
        }
        this.cache = new int[cacheBits == 0 ? 0 : 1 << cacheBits];
        this.cacheShift = Integer.SIZE - cacheBits;
        this.regions = regional && in.flag() ? RegionMap.read(in, width, height) : RegionMap.ONE;
        this.codes = readCodes();
        this.recent = new int[Math.min(count, REACH)];
        this.recentMask = count <= REACH ? -1 : REACH - 1;
    }

    private Codes[] readCodes() throws IOException {
        int kinds = regions.kinds();
        PrefixCodeReader reader = new PrefixCodeReader(in, kinds > FEW_CODES ? TABLE_BITS_OF_MANY : TABLE_BITS);
        Codes[] found = new Codes[kinds];
        for (int i = 0; i < kinds; i++) {
            found[i] = new Codes(
                    reader.read(LITERALS + LENGTHS + cache.length),
                    reader.read(LITERALS),
                    reader.read(LITERALS),
                    reader.read(LITERALS),
                    reader.read(DISTANCES));
        }
        return found;
    }

    /** Reads the next row of pixels into the first places of an array. */
    void next(int[] row) throws IOException {
        int y = done / width;
        for (int x = 0; x < width; ) {
            if (toCopy > 0) {
                int length = Math.min(toCopy, width - x);
                copy(row, x, length);
                toCopy -= length;
                x += length;
                continue;
            }
            Codes here = codes[regions.kind(x, y)];
            int symbol = here.green.read(in);
            if (symbol >= LITERALS && symbol < LITERALS + LENGTHS) {
                beginCopy(symbol - LITERALS, here.distance);
                continue;
            }
            row[x++] = keep(symbol < LITERALS ? literal(here, symbol) : cache[symbol - LITERALS - LENGTHS]);
        }
    }

    private int literal(Codes here, int green) throws IOException {
        int red = here.red.read(in);
        int blue = here.blue.read(in);
        return here.alpha.read(in) << 24 | red << 16 | green << 8 | blue;
    }

    private int keep(int pixel) {
        recent[done & recentMask] = pixel;
        done++;
        if (cache.length > 0) {
            cache[(HASH * pixel) >>> cacheShift] = pixel;
        }
        return pixel;
    }

    private void beginCopy(int lengthSymbol, PrefixCode distanceCode) throws IOException {
        toCopy = number(lengthSymbol);
        distance = distance(number(distanceCode.read(in)));
        if (distance > done || toCopy > count - done) {
            throw new IOException("copy from before the picture, or beyond its end");
        }
    }

    private void copy(int[] row, int from, int length) {
        for (int x = from; x < from + length; x++) {
            row[x] = keep(recent[(done - distance) & recentMask]);
        }
    }

    /** A length or distance: the symbol tells how many bits follow (section 3.6.2). */
    private int number(int symbol) throws IOException {
        if (symbol < 4) {
            return symbol + 1;
        }
        int bits = (symbol - 2) >> 1;
        return ((2 + (symbol & 1)) << bits) + in.read(bits) + 1;
    }

    private int distance(int code) {
        if (code > NEAR.length) {
            return code - NEAR.length;
        }
        int near = NEAR[code - 1];
        return Math.max(1, (near >> 4) * width + 8 - (near & 0xF));
    }

    /** All pixels of a small part of the picture. */
    static int[] all(BitReader in, int width, int height) throws IOException {
        CodedPixels pixels = new CodedPixels(in, width, height, false);
        boolean kept = pixels.recent.length == pixels.count;
        int[] all = kept ? pixels.recent : new int[pixels.count];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            pixels.next(row);
            System.arraycopy(row, 0, all, y * width, width);
        }
        return all;
    }
}
