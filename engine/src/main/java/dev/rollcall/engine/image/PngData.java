package dev.rollcall.engine.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG file that define its pixels: palette, transparency, and the inflated image data, which is read in
 * order. All other chunks are skipped. Not safe for use by several threads at once.
 */
final class PngData implements AutoCloseable {

    private static final int IDAT = 0x49444154;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int IEND = 0x49454E44;
    /** Bit 5 of a chunk name's first byte: a decoder may skip the chunk. */
    private static final int ANCILLARY = 0x20000000;

    private static final byte[] NONE = {};

    private final byte[] file;
    private final ByteBuffer in;
    private final Inflater inflater = new Inflater();
    private byte[] palette = NONE;
    private byte[] transparency = NONE;
    private int dataAt;
    private int dataLength;

    /**
     * Reads up to the first image data.
     *
     * @throws IOException if there is none
     */
    PngData(byte[] file) throws IOException {
        this.file = file;
        this.in = ByteBuffer.wrap(file);
        in.position(PngHeader.SIGNATURE_BYTES);
        if (!nextData()) {
            throw new EOFException("no image data");
        }
    }

    /** Red, green and blue of each palette entry; empty when there is none. */
    byte[] palette() {
        return palette;
    }

    /** The content of the transparency chunk; empty when there is none. */
    byte[] transparency() {
        return transparency;
    }

    /**
     * Reads image data.
     *
     * @throws IOException if it is damaged or ends too early
     */
    void read(byte[] out, int from, int length) throws IOException {
        try {
            int at = from;
            while (at < from + length) {
                int more = inflater.inflate(out, at, from + length - at);
                if (more == 0 && (inflater.finished() || inflater.needsDictionary() || !nextData())) {
                    throw new EOFException("image data ends too early");
                }
                at += more;
            }
        } catch (DataFormatException e) {
            throw new IOException("image data is damaged", e);
        }
    }

    /** Hands the next piece of image data to the inflater. */
    private boolean nextData() throws IOException {
        while (in.remaining() >= 8) {
            int length = in.getInt();
            int start = in.position();
            int name = in.getInt();
            if (length < 0 || length > in.remaining() - 4) {
                throw new EOFException("chunk beyond the end");
            }
            in.position(in.position() + length);
            int checksum = in.getInt();
            if ((name & ANCILLARY) == 0 || name == TRNS) {
                check(start, length + 4, checksum);
            }
            dataAt = start + 4;
            dataLength = length;
            if (name == IDAT) {
                inflater.setInput(file, dataAt, dataLength);
                return true;
            }
            keep(name);
            if (name == IEND) {
                return false;
            }
        }
        return false;
    }

    private void keep(int name) throws IOException {
        if (name == PLTE) {
            if (dataLength % 3 != 0 || dataLength > 3 * 256) {
                throw new IOException("palette of " + dataLength + " bytes");
            }
            palette = Arrays.copyOfRange(file, dataAt, dataAt + dataLength);
        } else if (name == TRNS) {
            transparency = Arrays.copyOfRange(file, dataAt, dataAt + Math.min(dataLength, 256));
        }
    }

    private void check(int start, int length, int checksum) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(file, start, length);
        if ((int) crc.getValue() != checksum) {
            throw new IOException("a chunk's checksum is wrong");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
