package dev.rollcall.service;

import dev.rollcall.files.FolderRemoval;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A data folder as a first start with an API_KEY leaves it, of which most tests get a copy: unpacking and creating a
 * database takes longer than the rest of a start. It is made once for each build of the program.
 */
final class PreparedData {

    private static final Path ROOT = Path.of("target", "prepared-data").toAbsolutePath();
    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private PreparedData() {}

    /** Copies the prepared data folder to a place where nothing is yet. */
    static void copyTo(Path data) throws IOException, InterruptedException {
        Path prepared = prepared();
        int exitCode = new ProcessBuilder("cp", "-a", prepared.toString(), data.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("the prepared data folder can't be copied to " + data);
        }
    }

    /** The folder, made by whichever JVM of the tests asks first while the others wait. */
    private static Path prepared() throws IOException, InterruptedException {
        Files.createDirectories(ROOT);
        Path folder =
                ROOT.resolve(Long.toString(Files.getLastModifiedTime(PROGRAM).toMillis()));
        synchronized (PreparedData.class) {
            try (FileChannel channel = FileChannel.open(
                            ROOT.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Path complete = folder.resolve("complete");
                if (lock.isValid() && !Files.exists(complete)) {
                    removeEarlier();
                    Files.createDirectory(folder);
                    RunningService.startOnNewData(folder, Map.of("API_KEY", RunningService.KEY))
                            .close();
                    Files.createFile(complete);
                }
            }
        }
        return folder.resolve("data");
    }

    private static void removeEarlier() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(ROOT, Files::isDirectory)) {
            for (Path folder : folders) {
                FolderRemoval.remove(folder);
            }
        }
    }
}
