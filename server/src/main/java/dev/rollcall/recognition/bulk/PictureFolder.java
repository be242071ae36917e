package dev.rollcall.recognition.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A folder of pictures. Links are followed. Safe for use by several threads. */
public final class PictureFolder implements PictureSource {

    private static final int MAX_DEPTH = 20;
    private static final int KILOBYTE = 1024;

    private final Path folder;
    private final int maxPictureBytes;
    private final Semaphore memory;
    private final int memoryUnits;
    private final int maxFiles;

    /**
     * Opens a folder.
     *
     * @param maxPictureBytes largest picture
     * @param memoryBytes for all pictures that are held at once; a larger picture is held alone
     */
    public PictureFolder(Path folder, int maxPictureBytes, long memoryBytes) {
        this(folder, maxPictureBytes, memoryBytes, EnrollmentPlan.MAX_FILES);
    }

    PictureFolder(Path folder, int maxPictureBytes, long memoryBytes, int maxFiles) {
        this.folder = folder;
        this.maxPictureBytes = maxPictureBytes;
        this.memoryUnits = Math.max(1, (int) Math.min(Integer.MAX_VALUE, memoryBytes / KILOBYTE));
        this.maxFiles = maxFiles;
        this.memory = new Semaphore(memoryUnits, true);
    }

    /**
     * Finds out whose the files are. Files whose names end in .csv or .jsonl are no pictures.
     *
     * @param list the list of people; null for the only CSV file at the top of the folder that is no report, or none
     * @param report the report of this enrollment, which may be in the folder, or not be there at all
     * @param zone the time zone of dates in the list
     * @throws ListException if the list can't be used, there are several, or there are too many files
     */
    public EnrollmentPlan plan(@Nullable Path list, Path report, ZoneId zone) throws IOException, ListException {
        Finder finder = new Finder(list, report);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, finder);
        if (finder.found() > maxFiles) {
            throw new ListException("%s has more than %,d files; enroll it in parts".formatted(folder, maxFiles));
        }
        finder.files.sort(null);
        if (finder.lists.size() > 1) {
            throw new ListException(folder + " has several .csv files; choose one by --list");
        }
        Path csv = finder.lists.isEmpty() ? list : finder.lists.get(0);
        EnrollmentPlan plan = csv == null
                ? EnrollmentPlan.byFolder(finder.files)
                : EnrollmentPlan.byList(finder.files, PeopleList.parse(small(csv), zone));
        List<FileResult> problems = new ArrayList<>(finder.problems);
        problems.addAll(plan.problems());
        return new EnrollmentPlan(plan.people(), problems);
    }

    private static byte[] small(Path csv) throws IOException {
        try (InputStream in = Files.newInputStream(csv)) {
            return in.readNBytes(PeopleList.MAX_BYTES + 1);
        }
    }

    @Override
    public HeldPicture read(String file) throws PictureFileException, InterruptedException {
        Path path = folder.resolve(file);
        int size = size(path);
        int units = Math.min(memoryUnits, size / KILOBYTE + 1);
        memory.acquire(units);
        boolean isRead = false;
        try {
            Held held = new Held(bytes(path, size), memory, units);
            isRead = true;
            return held;
        } finally {
            if (!isRead) {
                memory.release(units);
            }
        }
    }

    private int size(Path path) throws PictureFileException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new PictureFileException(FileProblem.NOT_A_FILE, "This is no file.");
            }
            if (attributes.size() > maxPictureBytes) {
                throw new PictureFileException(
                        FileProblem.FILE_TOO_LARGE,
                        "The file has %,d bytes; pictures may have %,d.".formatted(attributes.size(), maxPictureBytes));
            }
            return (int) attributes.size();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The content; of a file that grows meanwhile, as much as it had. */
    private static byte[] bytes(Path path, int size) throws PictureFileException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(size);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static PictureFileException unreadable(IOException failure) {
        return failure instanceof NoSuchFileException
                ? new PictureFileException(FileProblem.FILE_MISSING, "The file is gone.")
                : new PictureFileException(FileProblem.FILE_UNREADABLE, reason(failure));
    }

    private static String reason(IOException failure) {
        return failure instanceof AccessDeniedException
                ? "This account may not read the file."
                : "The file can't be read: " + failure.getMessage();
    }

    private static final class Held implements HeldPicture {

        private final byte[] bytes;
        private final Semaphore memory;
        private final int units;

        Held(byte[] bytes, Semaphore memory, int units) {
            this.bytes = bytes;
            this.memory = memory;
            this.units = units;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            memory.release(units);
        }
    }

    /** Collects the pictures of the folder, the lists at its top unless one was chosen, and what can't be read. */
    private final class Finder extends SimpleFileVisitor<Path> {

        private final @Nullable Path chosenList;
        private final Path report;
        private final List<Path> lists = new ArrayList<>();
        private final List<String> files = new ArrayList<>();
        private final List<FileResult> problems = new ArrayList<>();

        /** What had been found when the present folder at the top was entered. */
        private int foundBefore;

        Finder(@Nullable Path chosenList, Path report) {
            this.chosenList = chosenList;
            this.report = report;
        }

        private int found() {
            return files.size() + problems.size();
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            if (folder.equals(visited.getParent())) {
                foundBefore = found();
            }
            return !visited.equals(folder) && EnrollmentPlan.isIgnored(name(visited))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String name = name(file);
            if (EnrollmentPlan.isIgnored(name)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isDirectory()) {
                problem(name, FileProblem.FILE_UNREADABLE, "Folders this deep are not read.");
            } else if (!attributes.isRegularFile()) {
                problem(name, FileProblem.NOT_A_FILE, "This is no file.");
            } else if (isSame(file, report) || isSame(file, chosenList)) {
                return FileVisitResult.CONTINUE;
            } else if (EnrollmentPlan.isTable(name)) {
                addTable(file);
            } else {
                files.add(name);
            }
            return next();
        }

        private void addTable(Path file) throws IOException {
            boolean mayBeList = chosenList == null
                    && folder.equals(file.getParent())
                    && file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
            if (mayBeList && !EnrollmentReport.isReport(file)) {
                lists.add(file);
            }
        }

        /** Whether two paths lead to one file; false if one of them leads to none. */
        private static boolean isSame(Path file, @Nullable Path other) {
            try {
                return other != null && Files.isSameFile(file, other);
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(folder)) {
                throw failure;
            }
            if (failure instanceof FileSystemLoopException) {
                problem(name(file), FileProblem.LINK_LOOP, "The link leads back to a folder above it.");
            } else {
                problem(name(file), FileProblem.FILE_UNREADABLE, reason(failure));
            }
            return next();
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
            if (failure != null) {
                problem(name(visited), FileProblem.FILE_UNREADABLE, reason(failure));
            } else if (folder.equals(visited.getParent()) && found() == foundBefore) {
                problem(name(visited), FileProblem.FOLDER_EMPTY, "There are no pictures in this folder.");
            }
            return next();
        }

        /** Goes on unless the plan will be refused anyway. */
        private FileVisitResult next() {
            return found() > maxFiles || lists.size() > 1 ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        private void problem(String name, FileProblem problem, String detail) {
            problems.add(FileResult.refused(name, null, problem, detail));
        }

        private String name(Path file) {
            return folder.relativize(file).toString().replace('\\', '/');
        }
    }
}
