package dev.rollcall.engine.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A JPEG file as its reader sees it: a plain header, the scans as they stand in the file, and end markers, which a
 * file may lack and a damaged segment may pass over. Not safe for use by several threads at once.
 */
final class JpegInput extends ImageInputStreamImpl {

    /** Bytes of end markers, one after another: enough that no damaged segment, of 64 kB at most, passes over all. */
    private static final int END_BYTES = 4 << 16;

    private final byte[] header;
    private final byte[] file;
    private final int skipped;

    /**
     * Joins the parts.
     *
     * @param header what stands in place of the file's own header
     * @param file the whole file; not copied
     * @param skipped length of the file's own header
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

    /** Copies what lies ahead in a part that begins at some place of the stream. */
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
