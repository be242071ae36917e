package dev.rollcall.store.embedded;

import dev.rollcall.files.MadeOnce;
import dev.rollcall.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A PostgreSQL as its first start leaves it, made once for each build, of which tests get copies: unpacking it and
 * creating the database takes longer than the rest of a start.
 */
public final class PreparedServer {

    private static final Path BUILT =
            Path.of("target", "classes", "dev", "rollcall", "store", "embedded", "EmbeddedPostgres.class");
    private static final String SERVER = "postgres";
    private static final String DATA = "data";

    private PreparedServer() {}

    /** Starts the server on a data folder, which has what a first start makes if it doesn't exist. */
    public static EmbeddedPostgres start(Path dataFolder) throws IOException, InterruptedException {
        if (!Files.exists(dataFolder)) {
            copy(prepared(), dataFolder);
        }
        return EmbeddedPostgres.start(dataFolder);
    }

    private static Path prepared() throws IOException, InterruptedException {
        return MadeOnce.folder("prepared-server", BUILT, folder -> EmbeddedPostgres.start(folder.resolve(DATA))
                        .close())
                .resolve(DATA);
    }

    /** Copies a data folder, which nothing uses, to a place where nothing is yet. */
    public static void copy(Path dataFolder, Path to) throws IOException, InterruptedException {
        copyPrograms(dataFolder, to);
        copyInto(children(dataFolder.resolve(SERVER), child -> !isPrograms(child)), to.resolve(SERVER));
        copyInto(children(dataFolder, child -> !child.endsWith(SERVER)), to);
    }

    /** Copies the programs of a data folder alone. Nothing writes to them, so that links will do. */
    public static void copyPrograms(Path dataFolder, Path to) throws IOException, InterruptedException {
        PrivateFile.createFolder(to.resolve(SERVER));
        List<Path> programs = children(dataFolder.resolve(SERVER), PreparedServer::isPrograms);
        if (!copied("-al", programs, to.resolve(SERVER))) {
            copyInto(programs, to.resolve(SERVER));
        }
    }

    private static boolean isPrograms(Path child) {
        return child.getFileName().toString().startsWith("postgresql-");
    }

    private static List<Path> children(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(wanted).toList();
        }
    }

    /** Copies files and folders into a folder that exists. */
    public static void copyInto(List<Path> what, Path folder) throws IOException, InterruptedException {
        if (!copied("-a", what, folder)) {
            throw new IOException("prepared files can't be copied to " + folder);
        }
    }

    private static boolean copied(String options, List<Path> what, Path folder)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cp", options));
        what.forEach(path -> command.add(path.toString()));
        command.add(folder.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
