package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    @TempDir
    Path folder;

    @Test
    void demo_showsMarksAndRefusals() throws Exception {
        Path output = folder.resolve("demo.txt");
        Process demo = new ProcessBuilder(
                        Path.of("..", "rollcall").toAbsolutePath().toString(), "demo")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(demo.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(demo.exitValue()).as(said).isZero();
        assertThat(said)
                .contains(
                        "mark 1 (in)", "mark 2 (out)", "NOT_MATCHED", "NO_FACE", "NOT_ENROLLED", "DAILY_LIMIT_REACHED")
                .contains("work_date");
    }

    @Test
    void killedDemo_isClearedUpByTheNextWhichLeavesNothingWhenInterrupted() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        started(temporary, "killed.txt").kill();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).hasSize(1);
        }
        while (EmbeddedPostgres.running(leftOver(temporary).resolve("data")).isPresent()) {
            Thread.sleep(50);
        }

        started(temporary, "next.txt").interrupt();

        assertThat(temporary).isEmptyDirectory();
        assertThat(Files.readString(folder.resolve("next.txt"))).doesNotContain("\tat ");
    }

    private static Path leftOver(Path temporary) throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            return left.findFirst().orElseThrow();
        }
    }

    /** A demo that has come as far as to show something. */
    private InterruptedProgram started(Path temporary, String output) throws Exception {
        Path log = Files.createFile(folder.resolve(output));
        InterruptedProgram demo = InterruptedProgram.start(
                log,
                Map.of("ROLLCALL_JAVA_OPTS", PreparedData.javaOptions() + " -Djava.io.tmpdir=" + temporary),
                "demo");
        while (demo.isAlive() && !Files.readString(log).contains("It listens")) {
            Thread.sleep(50);
        }
        return demo;
    }
}
