package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.EnrollmentPlan;
import dev.rollcall.recognition.bulk.EnrollmentReport;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.imports.ImportIndex.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The receiver of a zip file, which writes each picture into a file of its own. Not safe for use by several threads. */
final class ImportUpload implements ZipContents.Receiver {

    private static final int BUFFER = 8192;

    /** How much is written until the space on the disk is looked at again. */
    private static final long SPACE_CHECK = 16_000_000;

    /** What a file takes on the disk beside its content. */
    private static final int FILE_OVERHEAD = 4096;

    /** Most files that can't be used: with more of them it was made for something else. */
    private static final int MAX_PROBLEMS = 10_000;

    private static final String LIST_ENDING = ".csv";

    private final ImportFolder folder;
    private final ImportKey key;
    private final Limits limits;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<FileResult> problems = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER];
    private boolean hasList;
    private @Nullable String fault;
    private boolean hasInnerTable;
    private long unchecked = SPACE_CHECK;

    ImportUpload(ImportFolder folder, ImportKey key, Limits limits) {
        this.folder = folder;
        this.key = key;
        this.limits = limits;
    }

    /**
     * The limits of an upload.
     *
     * @param maxBytes largest zip file, and most bytes of the files in it; 0 if nothing may be imported
     * @param maxPictureBytes largest picture
     * @param maxListBytes largest list of people
     * @param nameMemory most bytes that all names may take in memory
     * @param spareBytes what must stay free on the disk
     */
    record Limits(long maxBytes, int maxPictureBytes, int maxListBytes, long nameMemory, long spareBytes) {

        /** What must stay free on the disk, for the database. */
        private static final long SPARE = 256_000_000;

        /** A list takes some ten times its size while it is read, and its lines. */
        private static final int LIST_DIVISOR = 16;

        static Limits of(long maxBytes, int maxPictureBytes, long memory) {
            int maxList = (int) Math.min(EnrollmentPlan.MAX_LIST_BYTES, memory / LIST_DIVISOR);
            return new Limits(maxBytes, maxPictureBytes, maxList, memory, SPARE);
        }
    }

    /**
     * Receives a zip file, and writes all of it to the folder.
     *
     * @throws ListException if the zip file or its list of people can't be used
     * @throws ZipFailure.RequestException if it can't be received
     * @throws IOException if it can't be written
     */
    ImportIndex receive(InputStream zip) throws IOException, ListException {
        ZipContents.read(
                zip, new ZipContents.Limits(EnrollmentPlan.MAX_FILES, limits.maxBytes(), limits.nameMemory()), this);
        if (fault != null) {
            throw new ListException(fault);
        }
        refuseOneFolder();
        ImportIndex index = new ImportIndex(pictures, problems, hasList);
        try (OutputStream out = folder.writeIndex(key)) {
            index.write(out);
        }
        return index;
    }

    /** Refuses a zip file of a folder with everybody's folders, in which everything would be one person's. */
    private void refuseOneFolder() throws ListException {
        if (hasList || pictures.isEmpty()) {
            return;
        }
        String first = pictures.get(0).path();
        String top = first.substring(0, first.indexOf('/') + 1);
        boolean isOne = !top.isEmpty()
                && pictures.stream().allMatch(picture -> picture.path().startsWith(top));
        boolean isDeep = hasInnerTable
                || pictures.stream().anyMatch(picture -> picture.path().indexOf('/', top.length()) >= 0);
        if (isOne && isDeep) {
            throw new ListException(
                    "everything in the zip file is in the folder %s; make a zip file of what is in it".formatted(top));
        }
    }

    @Override
    public void file(int number, String path, InputStream content) throws IOException {
        if (EnrollmentPlan.isTable(path)) {
            table(path, content);
        } else if (write(folder.write(number, key), content, limits.maxPictureBytes())) {
            pictures.add(new Picture(number, path));
        } else {
            folder.delete(number);
            problem(
                    number,
                    path,
                    FileProblem.FILE_TOO_LARGE,
                    "The file has more than %,d bytes.".formatted(limits.maxPictureBytes()));
        }
    }

    /** Takes the list of people; other tables are no pictures and are ignored. */
    private void table(String path, InputStream content) throws IOException {
        boolean isAtTop = path.indexOf('/') < 0;
        if (!isAtTop || !path.toLowerCase(Locale.ROOT).endsWith(LIST_ENDING)) {
            hasInnerTable |= !isAtTop;
            return;
        }
        byte[] beginning = content.readNBytes(EnrollmentReport.HEAD_SAMPLE);
        if (EnrollmentReport.isReport(beginning)) {
            return;
        }
        if (hasList) {
            fault = "the zip file has several .csv files outside of folders; leave the list of people alone there";
            return;
        }
        hasList = true;
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), content);
        if (!write(folder.writeList(key), whole, limits.maxListBytes())) {
            fault = "the list of people has more than %,d bytes".formatted(limits.maxListBytes());
        }
    }

    /** Writes a file; returns false if it is larger than it may be. */
    private boolean write(OutputStream file, InputStream content, int most) throws IOException {
        long written = 0;
        try (OutputStream out = file) {
            checkSpace(FILE_OVERHEAD);
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                written += read;
                if (written > most) {
                    return false;
                }
                checkSpace(read);
                out.write(buffer, 0, read);
            }
        }
        return true;
    }

    private void checkSpace(int length) throws IOException {
        unchecked += length;
        if (unchecked >= SPACE_CHECK) {
            unchecked = 0;
            if (folder.usableSpace() < limits.spareBytes() + SPACE_CHECK) {
                throw new IOException("the disk is nearly full");
            }
        }
    }

    @Override
    public void problem(int number, String path, FileProblem problem, String detail) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(FileResult.refused(path, null, problem, detail));
        } else {
            fault = "the zip file has more than %,d files that can't be used; the last one: %s"
                    .formatted(MAX_PROBLEMS, path);
        }
    }
}
