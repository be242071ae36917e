package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each command on a collection of three people with three pictures each. */
class CommandsTest {

    private static final Path PORTRAITS = Path.of("..", "portraits");
    private static final List<String> PEOPLE = List.of("astronaut", "manuel", "geronimo");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeCollection() throws IOException {
        StringBuilder pairs = new StringBuilder("person_a,image_a,person_b,image_b,same,fold\n");
        for (String person : PEOPLE) {
            BufferedImage portrait =
                    ImageIO.read(PORTRAITS.resolve(person + ".png").toFile());
            Files.createDirectories(folder.resolve(person));
            for (int i = 1; i <= 3; i++) {
                BufferedImage darker = new RescaleOp(1 - 0.1f * i, 0, null).filter(portrait, null);
                ImageIO.write(
                        darker,
                        "jpg",
                        folder.resolve(person)
                                .resolve(person + "_" + i + ".jpg")
                                .toFile());
            }
            pairs.append("%1$s,%1$s_1,%1$s,%1$s_2,1,1\n".formatted(person));
        }
        pairs.append("astronaut,astronaut_1,manuel,manuel_1,0,1\nmanuel,manuel_2,geronimo,geronimo_1,0,1\n");
        Files.writeString(folder.resolve("pairs.csv"), pairs);
    }

    @Test
    void report_isOnePageWithCurvesAndPictures() throws IOException {
        Path page = folder.resolve("report.html");

        run("report", "--pairs", folder.resolve("pairs.csv").toString(), "--out", page.toString());

        String html = Files.readString(page);
        assertThat(html).contains("fold 1", "ROC", "Time by stage", "all four models");
        assertThat(html.split("data:image/png", -1))
                .as("no error, no error trade-off")
                .hasSize(2 + 1);
        assertThat(html.split("<figure>", -1)).hasSize(9 + 12 + 1);
        assertThat(html).doesNotContain("http://", "https://");
    }

    @Test
    void calibration_isPrintedWithItsTables() {
        assertThat(run("calibrate"))
                .contains("9 genuine and 27 impostor pairs", "| confidence | similarity |", "| templates |");
    }

    @Test
    void templates_areComparedEachWay() {
        assertThat(run("templates")).contains("3 people", "best of the templates", "averaged template");
    }

    @Test
    void rival_isComparedWithThePlainRule() {
        assertThat(run("rival", "--names"))
                .contains("| 3 | 6 |", "| 0.80 | 0.450 | 0 | 0 |", "can pass as somebody", "| 0.450 | 0.05 | 0 |");
    }

    @Test
    void identification_isMeasuredByTargetAndMargin() {
        assertThat(run("identify"))
                .contains("3 people", "| 3 | 3 | 1.0 % |", "100.00 %", "| 0.05 |", "Two people who look the same");
    }

    @Test
    void images_areComparedByNumberAndByHowTheyArePutTogether() throws IOException {
        for (String person : PEOPLE) {
            Path own = folder.resolve(person);
            Files.copy(own.resolve(person + "_1.jpg"), own.resolve(person + "_4.jpg"));
        }

        assertThat(run("images"))
                .contains(
                        "3 tries of 3 people, 3 people", "| 3 | best similarity | 0.00 %", "| 0.30 | 0.0 % | 0.00 % |");
    }

    @Test
    void liveness_isCountedByThreshold() {
        assertThat(run("liveness")).contains("9 pictures of real faces", "| 0.50 |");
    }

    @Test
    void attacks_areCountedByKindAndSubject() throws IOException {
        Path spoof = folder.resolve("spoof");
        Files.createDirectories(spoof);
        Files.move(folder.resolve("manuel"), spoof.resolve("print-1"));
        Files.move(folder.resolve("geronimo"), spoof.resolve("print-2"));
        Path page = folder.resolve("attacks.html");

        String printed = line(
                "attacks",
                "--live",
                folder.resolve("astronaut").toString(),
                "--people",
                folder.toString(),
                "--spoof",
                spoof.toString(),
                "--out",
                page.toString());

        assertThat(printed)
                .contains(
                        "| living: astronaut | 1 | 3 | 0 |",
                        "| attack: print | 2 | 6 | 0 |",
                        "Score: combined",
                        "| APCER print | 100.00 % (34.2 to 100.0) |",
                        "| BPCER astronaut | 0.00 % (0.0 to 79.3) |");
        String html = Files.readString(page);
        assertThat(html.split("<figure>", -1)).hasSize(6 + 6 + 1);
        assertThat(html).doesNotContain("http://", "https://");
    }

    @Test
    void quality_isShownForEveryStep() {
        assertThat(run("quality", "--people", "2"))
                .contains("| unchanged |", "| turned, degrees | 270.0 |", "| embedding norm |");
    }

    @Test
    void bystanders_areCountedAmongGoodPictures() {
        assertThat(run("bystanders")).contains("| refused without the rule, of the good ones | 0, ");
    }

    @Test
    void hints_areComparedWithFullPicturesAndTheirCostIsPrinted() {
        assertThat(run("hints", "--every", "9")).contains("| unchanged | 1 |", "processor time of a hint");
    }

    private String run(String command, String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = command;
        arguments[1] = "--images";
        arguments[2] = folder.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return line(arguments);
    }

    private static String line(String... arguments) {
        StringWriter output = new StringWriter();
        CommandLine line = new CommandLine(new Bench()).setOut(new PrintWriter(output));
        assertThat(line.execute(arguments)).as(output.toString()).isZero();
        return output.toString();
    }
}
