package dev.rollcall.store.embedded;

import dev.rollcall.files.FolderRemoval;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class Binaries {

    /** Part of the folder's name, so that a program with another version unpacks its own. */
    static final String VERSION = "17.11.0";

    /** The processors' names in the archives' names, by Java's names. */
    private static final Map<String, String> CPUS =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "arm_64", "arm64", "arm_64");

    private static final int OWNER_EXECUTABLE = 0100;

    private Binaries() {}

    /**
     * The folder with {@code bin}, {@code lib} and {@code share}. It is unpacked if it doesn't exist, under a temporary name
     * until it is complete.
     */
    static Path unpackedUnder(Path folder) throws IOException {
        Path home = folder.resolve("postgresql-" + VERSION);
        if (Files.isDirectory(home)) {
            return home;
        }
        Path partial = folder.resolve("postgresql-" + VERSION + ".partial");
        FolderRemoval.remove(partial);
        try (InputStream archive = open(archiveName())) {
            unpack(archive, partial);
        }
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
        return home;
    }

    private static InputStream open(String archive) {
        InputStream in = Binaries.class.getResourceAsStream("/" + archive);
        if (in == null) {
            throw new StartException("This package has no embedded PostgreSQL for this system (" + archive
                    + " is missing). Set DATABASE_URL to a PostgreSQL of your own.");
        }
        return in;
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String os = system.startsWith("linux") ? "linux" : system.startsWith("mac") ? "darwin" : system;
        return "postgres-" + os + "-" + CPUS.getOrDefault(machine, machine) + ".txz";
    }

    /**
     * Checks that the programs can run here: the system must have their C library and processor, and their folder must permit it.
     *
     * @throws StartException with the system's message, if they can't
     */
    static void requireRunnable(Path home) throws IOException {
        String program = home.resolve("bin/postgres").toString();
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw notRunnable(program, output);
            }
        } catch (IOException e) {
            throw notRunnable(program, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting PostgreSQL", e);
        }
    }

    private static StartException notRunnable(String program, @Nullable String reason) {
        return new StartException("The embedded PostgreSQL can't run on this system: " + program + ": " + reason
                + ". It needs the C library glibc, and a DATA_DIR on a file system that permits programs (not mounted with noexec)."
                + " Set DATABASE_URL to a PostgreSQL of your own.");
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive reaches outside: " + entry.getName());
                }
                unpack(tar, entry, path);
            }
        }
    }

    private static void unpack(InputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        boolean executable = (entry.getMode() & OWNER_EXECUTABLE) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
