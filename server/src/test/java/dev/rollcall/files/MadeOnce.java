package dev.rollcall.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folders under {@code target} that are made once for each build, and used by all JVMs of the tests. */
public final class MadeOnce {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private MadeOnce() {}

    /** What fills a new folder. */
    public interface Making {

        void in(Path folder) throws IOException, InterruptedException;
    }

    /**
     * The folder of a name, made by whichever JVM asks first while the others wait.
     *
     * @param built a file of the build; the folder is made again when its time has changed
     */
    public static synchronized Path folder(String name, Path built, Making making)
            throws IOException, InterruptedException {
        Path root = Files.createDirectories(TARGET.resolve(name));
        Path folder =
                root.resolve(Long.toString(Files.getLastModifiedTime(built).toMillis()));
        Path complete = folder.resolve("complete");
        if (Files.exists(complete)) {
            return folder;
        }
        try (FileChannel channel =
                        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(complete)) {
                removeEarlier(root);
                Files.createDirectory(folder);
                making.in(folder);
                Files.createFile(complete);
            }
        }
        return folder;
    }

    private static void removeEarlier(Path root) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path folder : folders) {
                FolderRemoval.remove(folder);
            }
        }
    }
}
