package dev.rollcall.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir
    Path folder;

    @Test
    void killedServerThatCannotBeStartedAtOnce_isTriedAgain() throws Exception {
        Path dataFolder = folder.resolve("data");
        ServerFolder files = ServerFolder.of(dataFolder);
        Postmaster postmaster = new Postmaster(files.database());
        FailedStart failure = new FailedStart();
        Logger logger = Logger.getLogger(EmbeddedPostgres.class.getName());
        logger.addHandler(failure);
        try (EmbeddedPostgres server = PreparedServer.start(dataFolder)) {
            Files.delete(files.log());
            Files.createDirectory(files.log());
            ProcessHandle.of(postmaster.runningPid().orElseThrow())
                    .orElseThrow()
                    .destroyForcibly();
            assertThat(failure.seen.await(20, TimeUnit.SECONDS)).isTrue();
            Files.delete(files.log());

            assertThat(isReadyWithin(20, postmaster)).isTrue();
            assertThat(EmbeddedPostgres.running(dataFolder)).contains(server.access());
        } finally {
            logger.removeHandler(failure);
        }
    }

    private static boolean isReadyWithin(int seconds, Postmaster postmaster) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!(postmaster.runningPid().isPresent() && postmaster.ready())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** Sees the line about a start that failed. */
    private static final class FailedStart extends Handler {

        private final CountDownLatch seen = new CountDownLatch(1);

        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().startsWith("PostgreSQL can't be started")) {
                seen.countDown();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
