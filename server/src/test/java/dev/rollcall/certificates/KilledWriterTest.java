package dev.rollcall.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves that is killed while it makes keys and certificates. */
class KilledWriterTest {

    private static final int ROUNDS = 2;
    private static final int FOLDERS_EACH = 6;

    @TempDir
    Path folder;

    /** A process that fills one folder after another until it is killed. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            for (int i = 0; ; i++) {
                open(Path.of(arguments[0], Integer.toString(i)));
            }
        }
    }

    private static LocalCertificates open(Path data) {
        return LocalCertificates.open(data, new MachineNames(List.of()), Clock.systemUTC());
    }

    @Test
    void killedWriter_leavesFoldersThatCanBeOpened() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Path data = Files.createDirectory(folder.resolve(Integer.toString(round)));
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            data.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(round + ".log").toFile())
                    .start();
            awaitFolders(data, writer);
            Thread.sleep(round * 3L);
            writer.destroyForcibly().waitFor();

            List<Path> left = folders(data);
            assertThat(left)
                    .hasSizeGreaterThanOrEqualTo(FOLDERS_EACH)
                    .allSatisfy(one -> assertThat(open(one).names().names()).contains("localhost"));
        }
    }

    private void awaitFolders(Path data, Process writer) throws IOException, InterruptedException {
        while (folders(data).size() < FOLDERS_EACH) {
            assertThat(writer.isAlive()).as("the writer runs").isTrue();
            Thread.sleep(5);
        }
    }

    private static List<Path> folders(Path data) throws IOException {
        try (Stream<Path> children = Files.list(data)) {
            return children.toList();
        }
    }
}
