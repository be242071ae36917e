package dev.rollcall.engine.image.webp;

import java.io.IOException;

/** Reads prefix codes as VP8L stores them (RFC 9649, section 3.7.2.1). Not safe for use by several threads at once. */
final class PrefixCodeReader {

    /** Most memory of all codes of a picture, in bytes: some hundred times what encoders need. */
    static final int MAX_BYTES = 8 << 20;

    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int LENGTHS_TABLE_BITS = 7;
    private static final int REPEAT = 16;
    private static final int SHORT_GAP = 17;
    private static final int FIRST_REPEATED = 8;

    private final BitReader in;
    private final int tableBits;
    private int bytes;

    /**
     * Prepares for reading.
     *
     * @param tableBits most bits that a code looks up at once
     */
    PrefixCodeReader(BitReader in, int tableBits) {
        this.in = in;
        this.tableBits = tableBits;
    }

    /**
     * Reads a code.
     *
     * @param symbols how many symbols there are
     * @throws IOException if it is damaged, or the codes take too much memory
     */
    PrefixCode read(int symbols) throws IOException {
        PrefixCode code = in.flag() ? readSimple(symbols) : PrefixCode.of(readLengths(symbols), tableBits);
        bytes += code.bytes();
        if (bytes > MAX_BYTES) {
            throw new IOException("prefix codes of more than " + MAX_BYTES + " bytes");
        }
        return code;
    }

    private PrefixCode readSimple(int symbols) throws IOException {
        boolean two = in.flag();
        int first = in.read(in.flag() ? 8 : 1);
        int second = two ? in.read(8) : first;
        if (Math.max(first, second) >= symbols) {
            throw new IOException("no such symbol");
        }
        if (first == second) {
            return PrefixCode.single(first);
        }
        int[] lengths = new int[Math.max(first, second) + 1];
        lengths[first] = 1;
        lengths[second] = 1;
        return PrefixCode.of(lengths, tableBits);
    }

    private int[] readLengths(int symbols) throws IOException {
        int[] ofLengths = new int[ORDER.length];
        int stored = 4 + in.read(4);
        for (int i = 0; i < stored; i++) {
            ofLengths[ORDER[i]] = in.read(3);
        }
        PrefixCode code = PrefixCode.of(ofLengths, LENGTHS_TABLE_BITS);
        int left = in.flag() ? 2 + in.read(2 + 2 * in.read(3)) : symbols;
        if (left > symbols) {
            throw new IOException("more lengths than symbols");
        }
        int[] lengths = new int[symbols];
        int previous = FIRST_REPEATED;
        for (int symbol = 0; symbol < symbols && left > 0; left--) {
            int length = code.read(in);
            if (length < REPEAT) {
                lengths[symbol++] = length;
                previous = length > 0 ? length : previous;
            } else {
                symbol = repeat(lengths, symbol, length, previous);
            }
        }
        return lengths;
    }

    private int repeat(int[] lengths, int from, int how, int previous) throws IOException {
        int count;
        if (how == REPEAT) {
            count = 3 + in.read(2);
        } else {
            count = how == SHORT_GAP ? 3 + in.read(3) : 11 + in.read(7);
        }
        if (from + count > lengths.length) {
            throw new IOException("more lengths than symbols");
        }
        for (int i = from; i < from + count && how == REPEAT; i++) {
            lengths[i] = previous;
        }
        return from + count;
    }
}
