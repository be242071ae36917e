package dev.rollcall.recognition.imports;

import dev.rollcall.digest.Sha256;
import dev.rollcall.recognition.bulk.ListException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The input of a zip file, which keeps its last bytes: the record at the end (APPNOTE 4.3.16) tells whether all of it came, and
 * how many files, of which names, there must have been. Not safe for use by several threads.
 */
final class ZipTail extends FilterInputStream {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int ZIP64_SIGNATURE = 0x06064b50;
    private static final int ZIP64_BYTES = 56;
    private static final int MANY = 0xffff;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;

    /** Enough for the list of some 12,000 files; of a longer one only the number is checked. */
    private static final int KEPT = 1_000_000 + END_BYTES + MANY + LOCATOR_BYTES + ZIP64_BYTES;

    private final byte[] ring = new byte[KEPT];
    private long count;

    ZipTail(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int read = in.read(into, from, most);
        if (read > 0) {
            keep(into, from, read);
        }
        return read;
    }

    private void keep(byte[] bytes, int from, int length) {
        int skipped = Math.max(0, length - KEPT);
        int place = (int) ((count + skipped) % KEPT);
        int first = Math.min(length - skipped, KEPT - place);
        System.arraycopy(bytes, from + skipped, ring, place, first);
        System.arraycopy(bytes, from + skipped + first, ring, 0, length - skipped - first);
        count += length;
    }

    @Override
    public long skip(long most) throws IOException {
        int read = read(new byte[(int) Math.min(most, 4096)]);
        return Math.max(0, read);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Does not close the input, of which the rest is checked. */
    @Override
    public void close() {}

    /**
     * Reads the rest, and checks the record at the end, and the list of files in front of it.
     *
     * @param files how many files and folders were found in front of it
     * @param names the sum of {@link #hash} of their names
     * @throws ListException if there is none, or if it tells something else
     */
    void check(int files, long names) throws IOException, ListException {
        byte[] buffer = new byte[4096];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Kept in the ring.
        }
        ByteBuffer tail = tail();
        int end = end(tail);
        long expected = tail.getShort(end + 10) & MANY;
        long told = expected == MANY ? zip64Count(tail, end) : expected;
        if (told != files) {
            throw new ListException("the zip file lists %d files at its end and has %d".formatted(told, files));
        }
        long size = tail.getInt(end + 12) & 0xffff_ffffL;
        if (expected != MANY && size <= end && listedNames(tail, (int) (end - size), files) != names) {
            throw new ListException("the zip file lists other names of files at its end than it has");
        }
    }

    private int end(ByteBuffer tail) throws ListException {
        for (int start = tail.limit() - END_BYTES; start >= 0 && start >= tail.limit() - END_BYTES - MANY; start--) {
            boolean isEnd = tail.getInt(start) == END_SIGNATURE
                    && start + END_BYTES + (tail.getShort(start + 20) & MANY) == tail.limit();
            if (isEnd) {
                return start;
            }
        }
        throw new ListException(
                count == 0
                        ? "the request has no zip file as its body"
                        : "the zip file is incomplete: its end is missing");
    }

    private static long listedNames(ByteBuffer tail, int from, int files) throws ListException {
        long names = 0;
        int start = from;
        for (int i = 0; i < files; i++) {
            if (start + ENTRY_BYTES > tail.limit() || tail.getInt(start) != ENTRY_SIGNATURE) {
                throw new ListException("the zip file is damaged: its list of files is");
            }
            int nameLength = tail.getShort(start + 28) & MANY;
            int others = (tail.getShort(start + 30) & MANY) + (tail.getShort(start + 32) & MANY);
            byte[] name = new byte[Math.min(nameLength, tail.limit() - start - ENTRY_BYTES)];
            tail.get(start + ENTRY_BYTES, name);
            names += hash(name);
            start += ENTRY_BYTES + nameLength + others;
        }
        return names;
    }

    /** The beginning of the SHA-256 of a file's name. */
    static long hash(byte[] name) {
        return ByteBuffer.wrap(Sha256.start().digest(name)).getLong();
    }

    private static long zip64Count(ByteBuffer tail, int end) {
        int start = end - LOCATOR_BYTES - ZIP64_BYTES;
        return start >= 0 && tail.getInt(start) == ZIP64_SIGNATURE ? tail.getLong(start + 32) : MANY;
    }

    private ByteBuffer tail() {
        int length = (int) Math.min(count, KEPT);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((count - length + i) % KEPT)];
        }
        return ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    }
}
