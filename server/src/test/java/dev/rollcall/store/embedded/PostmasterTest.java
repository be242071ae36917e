package dev.rollcall.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs of the name {@code postgres} that do nothing. */
class PostmasterTest {

    @TempDir
    Path folder;

    private Path database;
    private Postmaster postmaster;

    @BeforeEach
    void createDatabase() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "the system says where a process works");
        database = Files.createDirectory(folder.resolve("data"));
        postmaster = new Postmaster(database);
    }

    @Test
    void serverOfThisDatabase_isRunningUntilItEnds() throws Exception {
        Process server = startServerIn(database);
        try {
            assertThat(postmaster.runningPid()).hasValue(server.pid());
        } finally {
            server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(postmaster.runningPid()).isEmpty();
    }

    @Test
    void otherServerThatHasThePidOfAKilledOne_isNotTakenForIt() throws Exception {
        Process other = startServerIn(Files.createDirectory(folder.resolve("other")));
        try {
            assertThat(postmaster.runningPid()).isEmpty();
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process startServerIn(Path where) throws IOException {
        Path program = Files.createSymbolicLink(folder.resolve("postgres"), Path.of("/bin/sleep"));
        Process server = new ProcessBuilder(program.toString(), "60")
                .directory(where.toFile())
                .start();
        Files.writeString(database.resolve("postmaster.pid"), server.pid() + "\n" + database + "\n");
        return server;
    }
}
