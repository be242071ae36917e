package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Accuracy on real photographs; skipped where the data set does not lie beside the project. */
class LfwAccuracyTest {

    private static final Path LFW = Path.of("..", "..", "shared", "lfw");
    private static final double LEAST_ACCURACY = 99.2;

    @Test
    void accuracyOnLfw_isAtLeastThePromised() {
        assumeThat(Files.exists(LFW.resolve("pairs.csv")))
                .as("LFW lies beside the project")
                .isTrue();
        StringWriter output = new StringWriter();

        int exit = new CommandLine(new AccuracyCommand())
                .setOut(new PrintWriter(output))
                .execute(
                        "--images",
                        LFW.resolve("images").toString(),
                        "--pairs",
                        LFW.resolve("pairs.csv").toString());

        assertThat(exit).isZero();
        Matcher accuracy = Pattern.compile("accuracy +([0-9.]+) % ±").matcher(output.toString());
        assertThat(accuracy.find()).as(output.toString()).isTrue();
        assertThat(Double.parseDouble(accuracy.group(1))).isGreaterThanOrEqualTo(LEAST_ACCURACY);
    }
}
