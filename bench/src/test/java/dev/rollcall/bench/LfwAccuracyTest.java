package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Accuracy on real photographs: of two folds, or of all with {@code -Drollcall.thorough=true}. Skipped where the data set
 * does not lie beside the project.
 */
class LfwAccuracyTest {

    private static final Path LFW = Path.of("..", "..", "shared", "lfw");
    private static final double LEAST_ACCURACY = 99.2;
    private static final int FOLDS = Boolean.getBoolean("rollcall.thorough") ? 10 : 2;

    @TempDir
    Path folder;

    @Test
    void accuracyOnLfw_isAtLeastThePromised() throws IOException {
        assumeThat(Files.exists(LFW.resolve("pairs.csv")))
                .as("LFW lies beside the project")
                .isTrue();
        StringWriter output = new StringWriter();

        int exit = new CommandLine(new AccuracyCommand())
                .setOut(new PrintWriter(output))
                .execute("--images", LFW.resolve("images").toString(), "--pairs", pairs().toString());

        assertThat(exit).isZero();
        Matcher accuracy = Pattern.compile("accuracy +([0-9.]+) % ±").matcher(output.toString());
        assertThat(accuracy.find()).as(output.toString()).isTrue();
        assertThat(Double.parseDouble(accuracy.group(1))).isGreaterThanOrEqualTo(LEAST_ACCURACY);
    }

    /** The pairs of the first folds; a pair's fold is in its last column. */
    private Path pairs() throws IOException {
        List<String> lines = Files.readAllLines(LFW.resolve("pairs.csv"));
        Stream<String> chosen = lines.stream()
                .skip(1)
                .filter(line -> Integer.parseInt(line.substring(line.lastIndexOf(',') + 1)) <= FOLDS);
        return Files.write(
                folder.resolve("pairs.csv"),
                Stream.concat(Stream.of(lines.get(0)), chosen).toList());
    }
}
