package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.EnrollmentPlan;
import dev.rollcall.recognition.bulk.FilePaths;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.imports.ZipFailure.ContentException;
import dev.rollcall.recognition.imports.ZipFailure.ReceiverException;
import dev.rollcall.recognition.imports.ZipFailure.RequestException;
import dev.rollcall.recognition.imports.ZipFailure.TooMuchException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/**
 * The files in a zip file that is received: read once from its beginning to its end, by the headers in front of the files, with one
 * buffer in memory. Nothing is created under a name from the zip file, so that links and paths in it have no effect.
 */
final class ZipContents {

    /** Memory that a name takes beside its characters: as a key here, in the index, in the plan and in lists. */
    private static final int NAME_OVERHEAD = 200;

    private static final int BYTES_PER_CHARACTER = 2;

    private final Limits limits;
    private final Receiver receiver;
    private final Set<String> paths = new HashSet<>();
    private final UnpackedFile.Total unpacked;
    private long nameMemory;
    private int entries;
    private long names;
    private @Nullable UnpackedFile last;

    private ZipContents(Limits limits, Receiver receiver) {
        this.limits = limits;
        this.receiver = receiver;
        this.unpacked = new UnpackedFile.Total(limits.maxUnpacked());
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
     * @throws ZipFailure.RequestException if it can't be received
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
            throw ZipFailure.refusal(e);
        } catch (IllegalArgumentException e) {
            throw ZipFailure.damaged(e);
        }
    }

    /** The next file; only then the checksum of the one before is known, if it is behind the content. */
    private @Nullable ZipArchiveEntry next(ZipArchiveInputStream zip) throws IOException, ListException {
        ZipArchiveEntry next = zip.getNextEntry();
        UnpackedFile before = last;
        last = null;
        if (before != null && !before.isAsTold()) {
            throw new ListException(
                    "the zip file is damaged: the content of file %d has another checksum or size".formatted(entries));
        }
        return next;
    }

    private void read(int number, ZipArchiveEntry entry, ZipArchiveInputStream zip) throws IOException {
        if (!canRead(entry, zip)) {
            refuseUnreadable(number, entry);
            return;
        }
        UnpackedFile content = new UnpackedFile(zip, entry, unpacked);
        if (!entry.isDirectory()) {
            take(number, entry.getName(), content);
        }
        // The rest is read here, since the library doesn't count what it skips.
        content.transferTo(OutputStream.nullOutputStream());
        last = content;
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
        } catch (ContentException e) {
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
}
