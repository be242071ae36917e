package dev.rollcall.service;

import dev.rollcall.files.MadeOnce;
import dev.rollcall.store.embedded.PreparedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A data folder as a first start with an API_KEY leaves it, of which most tests get a copy: unpacking and creating a
 * database takes longer than the rest of a start. The same start makes the archive of classes that the others use. Both
 * are made once for each build of the program.
 */
final class PreparedData {

    /** The launcher's folder, which it makes the working folder of Java: its options can't have spaces. */
    private static final Path LAUNCHERS_FOLDER = Path.of("..").toAbsolutePath().normalize();

    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final String CLASSES = "classes.jsa";
    private static final String QUIETLY = " -Xlog:cds=off -Xlog:cds+dynamic=off";

    private PreparedData() {}

    /** Copies the prepared data folder to a place where nothing is yet. */
    static void copyTo(Path data) throws IOException, InterruptedException {
        PreparedServer.copy(prepared().resolve("data"), data);
    }

    /** Copies what a start unpacks, and no database. */
    static void copyUnpackedTo(Path data) throws IOException, InterruptedException {
        PreparedServer.copyPrograms(prepared().resolve("data"), data);
        copyLibraryTo(data);
    }

    /** Copies the native library that computes the models alone. */
    static void copyLibraryTo(Path data) throws IOException, InterruptedException {
        PreparedServer.copyInto(List.of(prepared().resolve("data/native")), Files.createDirectories(data));
    }

    /**
     * Options with which a service starts with less work: with classes from the archive, and without the verification of
     * the others, which DemoIT, the start that makes the archive and the tests' own JVMs do.
     */
    static String javaOptions() throws IOException, InterruptedException {
        return "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote -XX:SharedArchiveFile="
                + archive(prepared()) + QUIETLY;
    }

    private static Path prepared() throws IOException, InterruptedException {
        return MadeOnce.folder("prepared-data", PROGRAM, PreparedData::make);
    }

    private static void make(Path folder) throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(
                "API_KEY",
                RunningService.KEY,
                "ROLLCALL_JAVA_OPTS",
                "-XX:ArchiveClassesAtExit=" + archive(folder) + QUIETLY);
        RunningService.startOnNewData(folder, settings).close();
    }

    private static Path archive(Path folder) {
        return LAUNCHERS_FOLDER.relativize(folder.resolve(CLASSES));
    }
}
