package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.EnrollmentPlan;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.imports.ImportIndex.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The receiver of a zip file, which writes each picture into a file of its own. Not safe for use by several threads. */
final class ImportUpload implements ZipContents.Receiver {

    private static final int BUFFER = 8192;

    /** How much is written until the space on the disk is looked at again. */
    private static final long SPACE_CHECK = 16_000_000;

    private static final String LIST_ENDING = ".csv";

    private final ImportFolder folder;
    private final ImportKey key;
    private final Limits limits;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<FileResult> problems = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER];
    private boolean hasList;
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

        private static final int MAX_LIST = 4_000_000;

        static Limits of(long maxBytes, int maxPictureBytes, long memory) {
            int maxList = (int) Math.min(MAX_LIST, memory / LIST_DIVISOR);
            return new Limits(maxBytes, maxPictureBytes, maxList, memory, SPARE);
        }
    }

    /** Receives a zip file, and writes all of it to the folder. */
    ImportIndex receive(InputStream zip) throws IOException, ListException {
        ZipContents.read(
                zip, new ZipContents.Limits(EnrollmentPlan.MAX_FILES, limits.maxBytes(), limits.nameMemory()), this);
        ImportIndex index = new ImportIndex(pictures, problems, hasList);
        try (OutputStream out = folder.writeIndex(key)) {
            index.write(out);
        } catch (IOException e) {
            throw new DiskException(e);
        }
        return index;
    }

    @Override
    public void file(int number, String path, InputStream content) throws IOException {
        boolean isList = path.indexOf('/') < 0 && path.toLowerCase(Locale.ROOT).endsWith(LIST_ENDING);
        if (isList && hasList) {
            problem(number, path, FileProblem.NAME_REPEATED, "A second list of people; the first one is used.");
            return;
        }
        int most = isList ? limits.maxListBytes() : limits.maxPictureBytes();
        if (!write(number, isList, content, most)) {
            problem(number, path, FileProblem.FILE_TOO_LARGE, "The file has more than %,d bytes.".formatted(most));
        } else if (isList) {
            hasList = true;
        } else {
            pictures.add(new Picture(number, path));
        }
    }

    /** Writes a file; returns false, and leaves nothing, if it is larger than it may be. */
    private boolean write(int number, boolean isList, InputStream content, int most) throws IOException {
        long written = 0;
        try (OutputStream out = open(number, isList)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                written += read;
                if (written > most) {
                    break;
                }
                write(out, read);
            }
        }
        if (written <= most) {
            return true;
        }
        if (isList) {
            folder.deleteList();
        } else {
            folder.delete(number);
        }
        return false;
    }

    private OutputStream open(int number, boolean isList) throws DiskException {
        try {
            return isList ? folder.writeList(key) : folder.write(number, key);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    private void write(OutputStream out, int length) throws DiskException {
        try {
            unchecked += length;
            if (unchecked >= SPACE_CHECK) {
                unchecked = 0;
                if (folder.usableSpace() < limits.spareBytes() + SPACE_CHECK) {
                    throw new IOException("the disk is nearly full");
                }
            }
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    @Override
    public void problem(int number, String path, FileProblem problem, String detail) {
        problems.add(FileResult.refused(path, null, problem, detail));
    }

    /** A file can't be written. */
    static final class DiskException extends IOException {

        private static final long serialVersionUID = 1L;

        DiskException(IOException cause) {
            super(cause);
        }
    }
}
