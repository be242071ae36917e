package dev.rollcall.engine.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The stream that the JDK's JPEG reader reads: a simplified header, the scans as they are in the file, and end markers,
 * which a file may lack and a damaged segment may skip. Not safe for use by several threads at once.
 */
final class JpegInput extends ImageInputStreamImpl {

    /** Bytes of end markers, one after another: more than a damaged segment, of 64 kB at most, can skip. */
    private static final int END_BYTES = 4 << 16;

    private final byte[] header;
    private final byte[] file;
    private final int skipped;

    /**
     * Joins the parts.
     *
     * @param header replaces the file's header
     * @param file the whole file; not copied
     * @param skipped length of the file's header
     */
    JpegInput(byte[] header, byte[] file, int skipped) {
        this.header = header;
        this.file = file;
        this.skipped = skipped;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        int done = copy(header, 0, 0, out, from, length);
        done += copy(file, skipped, header.length, out, from + done, length - done);
        done += copyEnd(out, from + done, length - done);
        return done == 0 && length > 0 ? -1 : done;
    }

    /** Copies bytes from the stream's position on, if it is within the part that begins at {@code begin}. */
    private int copy(byte[] part, int partFrom, int begin, byte[] out, int from, int length) {
        int at = (int) streamPos - begin + partFrom;
        if (at < partFrom || at >= part.length || length == 0) {
            return 0;
        }
        int count = Math.min(length, part.length - at);
        System.arraycopy(part, at, out, from, count);
        streamPos += count;
        return count;
    }

    private int copyEnd(byte[] out, int from, int length) {
        long at = streamPos - header.length - file.length + skipped;
        int count = (int) Math.max(0, Math.min(length, END_BYTES - at));
        if (at < 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            out[from + i] = (byte) ((at + i) % 2 == 0 ? JpegSegments.MARKER : JpegSegments.END_OF_IMAGE);
        }
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return (long) header.length + file.length - skipped + END_BYTES;
    }
}
