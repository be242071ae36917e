package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
}
