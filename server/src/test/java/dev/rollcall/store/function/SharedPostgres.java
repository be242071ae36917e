package dev.rollcall.store.function;

import dev.rollcall.files.FolderRemoval;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one PostgreSQL of all tests of a JVM: started when it is first asked for, stopped when the JVM ends. */
final class SharedPostgres {

    private SharedPostgres() {}

    static EmbeddedPostgres server() {
        return Holder.SERVER;
    }

    private static final class Holder {

        private static final EmbeddedPostgres SERVER = started();

        private static EmbeddedPostgres started() {
            try {
                Path folder = Files.createTempDirectory("rollcall-tests");
                EmbeddedPostgres server = EmbeddedPostgres.start(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder), "stop-shared-postgres"));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server, Path folder) {
            server.close();
            try {
                FolderRemoval.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
