package dev.rollcall.service;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory, of a size that is soon used up. It takes an account that may mount one. */
final class SmallDisk implements AutoCloseable {

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Mounts a disk, or skips the test where that isn't allowed. */
    static SmallDisk mounted(Path folder, String size) throws IOException, InterruptedException {
        Path path = Files.createTempDirectory(folder, "disk");
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "mode=711,size=" + size, "tmpfs", path.toString()),
                "this account may not mount a file system");
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    void fill() throws IOException {
        byte[] block = new byte[8192];
        try (OutputStream out = Files.newOutputStream(path.resolve("filling"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(path.resolve("filling"));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!succeeds("umount", path.toString())) {
            succeeds("umount", "--lazy", path.toString());
        }
    }
}
