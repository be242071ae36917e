package dev.rollcall.recognition.imports;

import dev.rollcall.files.FolderRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one import, with a file for each picture. All files are encrypted with the import's key, which is not in it. It is
 * locked until it is closed, so that one thread of one process works on it. Not safe for use by several threads.
 */
final class ImportFolder implements AutoCloseable {

    /** The numbers of the files that are no pictures. */
    private static final int INDEX = -1;

    private static final int LIST = -2;

    private static final String LOCK = "lock";
    private static final Comparator<Path> OLDEST_FIRST =
            Comparator.comparing(ImportFolder::changedAt).thenComparing(Path::getFileName);

    /**
     * The folders that this process works on. Closing any channel of a file gives up all locks that the process has on it, so a
     * second channel of a locked file must never be opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final ImportId id;
    private final FileChannel lock;

    private ImportFolder(Path folder, ImportId id, FileChannel lock) {
        this.folder = folder;
        this.id = id;
        this.lock = lock;
    }

    /** Creates a folder, accessible to its owner only. */
    static ImportFolder create(Path root, ImportId id) throws IOException {
        Files.createDirectories(root, attributes(root, "rwx------"));
        Path folder = path(root, id);
        if (!HELD.add(folder)) {
            throw new IOException("the new folder of an import is in use");
        }
        ImportFolder created = null;
        try {
            Files.createDirectory(folder, attributes(root, "rwx------"));
            created = lock(folder, id);
        } finally {
            if (created == null) {
                HELD.remove(folder);
            }
        }
        if (created == null) {
            throw new IOException("the new folder of an import is locked");
        }
        return created;
    }

    private static Path path(Path root, ImportId id) {
        return root.toAbsolutePath().normalize().resolve(id.value());
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static @Nullable ImportFolder lock(Path folder, ImportId id) throws IOException {
        FileChannel lock = FileChannel.open(
                folder.resolve(LOCK),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                attributes(folder, "rw-------"));
        boolean isLocked = false;
        try {
            isLocked = lock.tryLock() != null;
        } finally {
            if (!isLocked) {
                lock.close();
            }
        }
        return isLocked ? new ImportFolder(folder, id, lock) : null;
    }

    /** The ids of all folders, those that were completed first in front. */
    static List<ImportId> all(Path root) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            stream.forEach(folders::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return folders.stream()
                .sorted(OLDEST_FIRST)
                .map(folder -> ImportId.parse(String.valueOf(folder.getFileName())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static FileTime changedAt(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve(name(INDEX)));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Opens a folder; empty if it is gone, or somebody else works on it. */
    static Optional<ImportFolder> open(Path root, ImportId id) throws IOException {
        Path folder = path(root, id);
        if (!HELD.add(folder)) {
            return Optional.empty();
        }
        ImportFolder opened = null;
        try {
            opened = lock(folder, id);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } finally {
            if (opened == null) {
                HELD.remove(folder);
            }
        }
        return Optional.ofNullable(opened);
    }

    ImportId id() {
        return id;
    }

    /** A new picture's file. */
    OutputStream write(int number, ImportKey key) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(name(number)),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                attributes(folder, "rw-------"));
        return EncryptedFile.writer(Channels.newOutputStream(channel), key, number);
    }

    OutputStream writeIndex(ImportKey key) throws IOException {
        return write(INDEX, key);
    }

    OutputStream writeList(ImportKey key) throws IOException {
        return write(LIST, key);
    }

    InputStream read(int number, ImportKey key) throws IOException {
        return EncryptedFile.reader(Files.newInputStream(folder.resolve(name(number))), key, number);
    }

    InputStream readIndex(ImportKey key) throws IOException {
        return read(INDEX, key);
    }

    InputStream readList(ImportKey key) throws IOException {
        return read(LIST, key);
    }

    /** The size of a picture in bytes, not encrypted. */
    long size(int number) throws IOException {
        return EncryptedFile.plainSize(Files.size(folder.resolve(name(number))));
    }

    void delete(int number) throws IOException {
        Files.deleteIfExists(folder.resolve(name(number)));
    }

    void deleteList() throws IOException {
        delete(LIST);
    }

    /** Bytes that the disk has left. */
    long usableSpace() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Removes the folder with everything in it. */
    void remove() throws IOException {
        FolderRemoval.remove(folder);
    }

    private static String name(int number) {
        return switch (number) {
            case INDEX -> "index";
            case LIST -> "list";
            default -> number + ".picture";
        };
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            HELD.remove(folder);
        }
    }
}
