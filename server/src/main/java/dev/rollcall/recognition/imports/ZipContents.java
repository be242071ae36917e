package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.EnrollmentPlan;
import dev.rollcall.recognition.bulk.FilePaths;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.ListException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/**
 * The files in a zip file that is received: read once from its beginning to its end, by the headers in front of the files, with one
 * buffer in memory. Nothing is created under a name from the zip file, so that links and paths in it have no effect.
 */
final class ZipContents {

    /** More is never packed in photographs or lists; an entry that is unpacks to at least {@link #RATIO_FROM} bytes. */
    private static final int MAX_RATIO = 100;

    private static final int RATIO_FROM = 1_000_000;

    /** Memory that a name takes beside its characters: as a key here, in the index, in the plan and in lists. */
    private static final int NAME_OVERHEAD = 200;

    /** Most characters of the library's own reason, which may have a name from the zip file. */
    private static final int MAX_REASON = 200;

    private static final int BYTES_PER_CHARACTER = 2;

    private final Limits limits;
    private final Receiver receiver;
    private final Set<String> paths = new HashSet<>();
    private long unpacked;
    private long nameMemory;
    private int entries;
    private long names;
    private @Nullable ZipArchiveEntry last;
    private long lastCrc;
    private long lastSize;

    private ZipContents(Limits limits, Receiver receiver) {
        this.limits = limits;
        this.receiver = receiver;
    }

    /**
     * The limits of what is read.
     *
     * @param maxFiles most files, folders included
     * @param maxUnpacked most bytes of all files together
     * @param nameMemory most bytes that all names may take in memory
     */
    record Limits(int maxFiles, long maxUnpacked, long nameMemory) {}

    /** Takes the files. The number of a file is its place in the zip file, from 0. */
    interface Receiver {

        /** Takes a file; reads as much of it as it wants. */
        void file(int number, String path, InputStream content) throws IOException;

        /** Takes a file that can't be used. */
        void problem(int number, String path, FileProblem problem, String detail) throws IOException;
    }

    /**
     * Reads a zip file.
     *
     * @throws ListException if it is none, is damaged or incomplete, or exceeds a limit
     * @throws RequestException if it can't be received
     * @throws IOException if the receiver fails
     */
    static void read(InputStream in, Limits limits, Receiver receiver) throws IOException, ListException {
        new ZipContents(limits, receiver).read(in);
    }

    private void read(InputStream in) throws IOException, ListException {
        ZipTail tail = new ZipTail(new Received(in));
        try (ZipArchiveInputStream zip = new WithoutZstd(tail)) {
            for (ZipArchiveEntry entry = next(zip); entry != null; entry = next(zip)) {
                if (entries == limits.maxFiles()) {
                    throw new ListException("the zip file has more than %,d files".formatted(limits.maxFiles()));
                }
                names += ZipTail.hash(entry.getRawName());
                read(entries, entry, zip);
                entries++;
            }
            tail.check(entries, names);
        } catch (IOException e) {
            throw cause(e instanceof CountedException counted ? counted.failure() : e);
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** The next file; only then the checksum of the one before is known, if it is behind the content. */
    private @Nullable ZipArchiveEntry next(ZipArchiveInputStream zip) throws IOException, ListException {
        ZipArchiveEntry next = zip.getNextEntry();
        ZipArchiveEntry before = last;
        last = null;
        boolean isOther = before != null && (differs(before.getCrc(), lastCrc) || differs(before.getSize(), lastSize));
        if (isOther) {
            throw new ListException(
                    "the zip file is damaged: the content of file %d has another checksum or size".formatted(entries));
        }
        return next;
    }

    /** Whether what the zip file tells, negative if it doesn't, is something else than what was found. */
    private static boolean differs(long told, long found) {
        return told >= 0 && told != found;
    }

    /** The library throws plain exceptions for what is damaged; those of the transfer, the receiver and the limits are told apart. */
    private static ListException cause(IOException failure) throws IOException {
        if (failure instanceof RequestException) {
            throw failure;
        }
        if (failure instanceof ReceiverException receiving) {
            throw receiving.failure();
        }
        return failure instanceof TooMuchException
                ? new ListException(String.valueOf(failure.getMessage()))
                : damaged(failure);
    }

    private static ListException damaged(Exception e) {
        return new ListException("the zip file is damaged, incomplete or of another kind"
                + (e.getMessage() == null ? "" : ": " + ShownText.of(e.getMessage(), MAX_REASON)));
    }

    private void read(int number, ZipArchiveEntry entry, ZipArchiveInputStream zip) throws IOException {
        Counted content = new Counted(zip);
        String written = entry.getName();
        if (!canRead(entry, zip)) {
            refuseUnreadable(number, entry);
            return;
        }
        if (!entry.isDirectory()) {
            take(number, written, content);
        }
        // The rest is read here, since the library doesn't count what it skips.
        content.transferTo(OutputStream.nullOutputStream());
        last = entry;
        lastCrc = content.crc.getValue();
        lastSize = content.count;
    }

    private void take(int number, String written, InputStream content) throws IOException {
        Optional<String> path = FilePaths.normalized(written);
        if (path.isEmpty()) {
            problem(number, written, FileProblem.PATH_INVALID, "The path must lead to a file within the zip file.");
            return;
        }
        if (EnrollmentPlan.isIgnored(path.get())) {
            return;
        }
        count(path.get());
        if (!paths.add(path.get())) {
            problem(number, path.get(), FileProblem.NAME_REPEATED, "A second file of this name.");
            return;
        }
        try {
            receiver.file(number, path.get(), content);
        } catch (CountedException e) {
            throw e;
        } catch (IOException e) {
            throw new ReceiverException(e);
        }
    }

    /** Refuses a file of which the content can't be read; its length must be in front of it, so that the next one is found. */
    private void refuseUnreadable(int number, ZipArchiveEntry entry) throws IOException {
        if (entry.getGeneralPurposeBit().usesDataDescriptor() || entry.getCompressedSize() < 0) {
            throw new TooMuchException(
                    "the zip file has files that are encrypted, or not packed by deflate, and doesn't"
                            + " tell their length in front of them");
        }
        problem(
                number,
                entry.getName(),
                FileProblem.ZIP_METHOD_UNSUPPORTED,
                "The file is encrypted, or packed by another method than deflate.");
    }

    private static boolean canRead(ZipArchiveEntry entry, ZipArchiveInputStream zip) {
        boolean isKnown =
                entry.getMethod() == ZipMethod.STORED.getCode() || entry.getMethod() == ZipMethod.DEFLATED.getCode();
        return isKnown && !entry.getGeneralPurposeBit().usesEncryption() && zip.canReadEntryData(entry);
    }

    private void count(String name) throws TooMuchException {
        nameMemory += NAME_OVERHEAD + (long) BYTES_PER_CHARACTER * name.length();
        if (nameMemory > limits.nameMemory()) {
            throw new TooMuchException("the zip file has too many or too long names of files; send it in parts");
        }
    }

    private void problem(int number, String path, FileProblem problem, String detail) throws IOException {
        String shown = path.isEmpty() ? "(no name)" : ShownText.of(path, FilePaths.MAX_LENGTH);
        count(shown);
        try {
            receiver.problem(number, shown, problem, detail);
        } catch (IOException e) {
            throw new ReceiverException(e);
        }
    }

    /** Leaves files that are packed by Zstandard packed, for which there is no library here; they are refused. */
    private static final class WithoutZstd extends ZipArchiveInputStream {

        WithoutZstd(InputStream in) {
            super(in, StandardCharsets.UTF_8.name(), true, false, true);
        }

        @Override
        protected InputStream createZstdInputStream(InputStream packed) {
            return packed;
        }
    }

    /** Counts what is unpacked. */
    private final class Counted extends FilterInputStream {

        private final ZipArchiveInputStream zip;
        private final CRC32 crc = new CRC32();
        private long count;

        Counted(ZipArchiveInputStream zip) {
            super(zip);
            this.zip = zip;
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
                throw new CountedException(e);
            }
        }

        private void count(int read) throws TooMuchException {
            unpacked += read;
            count += read;
            if (unpacked > limits.maxUnpacked()) {
                throw new TooMuchException(
                        "the files in the zip file have more than %,d bytes".formatted(limits.maxUnpacked()));
            }
            if (count > RATIO_FROM && count > MAX_RATIO * Math.max(1, zip.getCompressedCount())) {
                throw new TooMuchException(
                        "a file in the zip file unpacks to more than %d times its size".formatted(MAX_RATIO));
            }
        }

        @Override
        public void close() {}
    }

    /** The input, of which failures are told apart from damage. */
    private static final class Received extends FilterInputStream {

        Received(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            try {
                return in.read(into, from, most);
            } catch (IOException e) {
                throw new RequestException(e);
            }
        }
    }

    /** A limit is exceeded. */
    private static final class TooMuchException extends IOException {

        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message);
        }
    }

    /** A failure while content is read, which passes through the receiver. */
    private static final class CountedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final IOException failure;

        CountedException(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        IOException failure() {
            return failure;
        }
    }

    /** The zip file can't be received to its end. */
    static final class RequestException extends IOException {

        private static final long serialVersionUID = 1L;

        RequestException(IOException cause) {
            super(cause);
        }
    }

    /** A failure of the receiver. */
    private static final class ReceiverException extends IOException {

        private static final long serialVersionUID = 1L;

        private final IOException failure;

        ReceiverException(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        IOException failure() {
            return failure;
        }
    }
}
