package dev.rollcall.cli;

import dev.rollcall.files.FolderRemoval;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder for a demo under the system's temporary one, locked while it is used. Folders that killed demos left behind are
 * removed when a new one is created. Safe for use by several threads.
 */
final class DemoFolder implements AutoCloseable {

    private static final String PREFIX = "rollcall-demo";
    private static final String LOCK = "demo.lock";

    /** The lock of a service on its data folder. */
    private static final String LOCK_OF_SERVICE = "data/rollcall.lock";

    private final Path path;
    private final FileChannel lock;

    private DemoFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DemoFolder create() throws IOException {
        return under(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static DemoFolder under(Path temporary) throws IOException {
        removeLeftOver(temporary);
        Path path = Files.createTempDirectory(temporary, PREFIX);
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            throw new IOException("a new file in " + path + " is locked");
        }
        return new DemoFolder(path, channel);
    }

    Path path() {
        return path;
    }

    /** Removes the folder, also while a process that was just stopped still writes to it. */
    @Override
    public synchronized void close() throws IOException {
        lock.close();
        FolderRemoval.remove(path);
    }

    /** Removes unlocked folders; those that can't be removed, such as of other accounts, stay. */
    private static void removeLeftOver(Path temporary) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                try {
                    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                            && Files.exists(folder.resolve(LOCK))
                            && isFree(folder.resolve(LOCK))
                            && isFree(folder.resolve(LOCK_OF_SERVICE))) {
                        FolderRemoval.remove(folder);
                    }
                } catch (IOException e) {
                    // The next demo tries again.
                }
            }
        }
    }

    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return locked(channel);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
