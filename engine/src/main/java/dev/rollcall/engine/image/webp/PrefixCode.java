package dev.rollcall.engine.image.webp;

import java.io.IOException;

/**
 * A canonical prefix code (RFC 9649, section 3.7.2): a table for short codes, and the sorted symbols for the others.
 * Safe for use by several threads.
 */
final class PrefixCode {

    /** Longest code in bits. */
    static final int LONGEST = 15;

    private static final int LENGTH_BITS = 4;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private final int tableBits;
    /** By the next bits: the symbol and the length of its code, or 0 where the code is longer. */
    private final char[] table;
    /** By length: the first code, how many there are, and where among the symbols the first one is. */
    private final char[] firsts = new char[LONGEST + 1];

    private final char[] counts;
    private final char[] starts = new char[LONGEST + 1];
    private final char[] symbols;

    private PrefixCode(char[] counts, char[] symbols, int maxTableBits) {
        this.counts = counts;
        this.symbols = symbols;
        int longest = 0;
        int code = 0;
        int start = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            firsts[length] = (char) code;
            starts[length] = (char) start;
            code += counts[length];
            start += counts[length];
            longest = counts[length] > 0 ? length : longest;
        }
        this.tableBits = Math.min(longest, maxTableBits);
        this.table = new char[1 << tableBits];
        fillTable();
    }

    /**
     * The code of given lengths.
     *
     * @param lengths length of each symbol's code in bits, or 0 for a symbol that does not occur
     * @param maxTableBits most bits that are looked up at once
     * @throws IOException if the code is incomplete or ambiguous
     */
    static PrefixCode of(int[] lengths, int maxTableBits) throws IOException {
        char[] counts = new char[LONGEST + 1];
        for (int length : lengths) {
            counts[length]++;
        }
        int used = lengths.length - counts[0];
        counts[0] = 0;
        int[] next = new int[LONGEST + 2];
        int room = 1 << LONGEST;
        for (int length = 1; length <= LONGEST; length++) {
            next[length + 1] = next[length] + counts[length];
            room -= counts[length] << (LONGEST - length);
        }
        if (used == 0 || (used > 1 && room != 0)) {
            throw new IOException("no complete prefix code");
        }
        char[] symbols = new char[used];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = (char) symbol;
            }
        }
        return used == 1 ? single(symbols[0]) : new PrefixCode(counts, symbols, maxTableBits);
    }

    /** The code of the only symbol, which takes no bits. */
    static PrefixCode single(int symbol) {
        PrefixCode code = new PrefixCode(new char[LONGEST + 1], new char[0], 0);
        code.table[0] = (char) (symbol << LENGTH_BITS);
        return code;
    }

    private void fillTable() {
        for (int length = 1; length <= tableBits; length++) {
            for (int i = 0; i < counts[length]; i++) {
                int reversed = Integer.reverse(firsts[length] + i) >>> (Integer.SIZE - length);
                char entry = (char) (symbols[starts[length] + i] << LENGTH_BITS | length);
                for (int at = reversed; at < table.length; at += 1 << length) {
                    table[at] = entry;
                }
            }
        }
    }

    /**
     * Reads a symbol.
     *
     * @throws IOException if the data ends before it
     */
    int read(BitReader in) throws IOException {
        int bits = in.peek();
        char entry = table[bits & (table.length - 1)];
        int length = entry & LENGTH_MASK;
        if (length > 0 || tableBits == 0) {
            in.pass(length);
            return entry >> LENGTH_BITS;
        }
        return readLong(in, bits);
    }

    private int readLong(BitReader in, int bits) throws IOException {
        int code = tableBits == 0 ? 0 : Integer.reverse(bits) >>> (Integer.SIZE - tableBits);
        for (int length = tableBits + 1; length <= LONGEST; length++) {
            code = (code << 1) | ((bits >> (length - 1)) & 1);
            int index = code - firsts[length];
            if (index >= 0 && index < counts[length]) {
                in.pass(length);
                return symbols[starts[length] + index];
            }
        }
        throw new IOException("no such prefix code");
    }

    /** Memory that the code takes, in bytes. */
    int bytes() {
        return 256 + 2 * (table.length + symbols.length);
    }
}
