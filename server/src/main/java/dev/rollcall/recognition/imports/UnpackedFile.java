package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.imports.ZipFailure.ContentException;
import dev.rollcall.recognition.imports.ZipFailure.TooMuchException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/** The content of one file in a zip file, which is counted while it is unpacked. Not safe for use by several threads. */
final class UnpackedFile extends FilterInputStream {

    /** More is never packed in photographs or lists; an entry that is unpacks to at least {@link #RATIO_FROM} bytes. */
    private static final int MAX_RATIO = 100;

    private static final int RATIO_FROM = 1_000_000;

    private final ZipArchiveInputStream zip;
    private final ZipArchiveEntry entry;
    private final Total total;
    private final CRC32 crc = new CRC32();
    private long count;

    UnpackedFile(ZipArchiveInputStream zip, ZipArchiveEntry entry, Total total) {
        super(zip);
        this.zip = zip;
        this.entry = entry;
        this.total = total;
    }

    /** Counts the bytes of all files in a zip file. */
    static final class Total {

        private final long most;
        private long count;

        Total(long most) {
            this.most = most;
        }

        private void add(int read) throws TooMuchException {
            count += read;
            if (count > most) {
                throw new TooMuchException("the files in the zip file have more than %,d bytes".formatted(most));
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        try {
            int read = zip.read(into, from, most);
            if (read > 0) {
                crc.update(into, from, read);
                count(read);
            }
            return read;
        } catch (IOException e) {
            throw new ContentException(e);
        }
    }

    private void count(int read) throws TooMuchException {
        count += read;
        total.add(read);
        if (count > RATIO_FROM && count > MAX_RATIO * Math.max(1, zip.getCompressedCount())) {
            throw new TooMuchException(
                    "a file in the zip file unpacks to more than %d times its size".formatted(MAX_RATIO));
        }
    }

    /**
     * Whether the content has the checksum and the size that the zip file tells. It may tell them behind the content, so that this is
     * known once the next file was looked for.
     */
    boolean isAsTold() {
        return isOrUnknown(entry.getCrc(), crc.getValue()) && isOrUnknown(entry.getSize(), count);
    }

    /** Whether a number is what was told; a negative one was not told. */
    private static boolean isOrUnknown(long told, long found) {
        return told < 0 || told == found;
    }

    /** Does nothing: the rest of the zip file is still to be read. */
    @Override
    public void close() {}
}
