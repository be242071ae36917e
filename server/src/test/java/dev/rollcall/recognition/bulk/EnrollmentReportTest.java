package dev.rollcall.recognition.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.recognition.bulk.FileResult.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a file, and what a later run finds in it. */
class EnrollmentReportTest {

    private static final byte[] PICTURE = "picture".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void enrolledFile_isDoneForThatPersonAndContentAlone() throws Exception {
        for (String name : new String[] {"r.csv", "r.jsonl"}) {
            Path file = folder.resolve(name);
            try (EnrollmentReport report = EnrollmentReport.open(file, false)) {
                report.add(FileResult.enrolled("=a\n,\"b\".jpg", "@ann"), PICTURE);
            }
            try (EnrollmentReport report = EnrollmentReport.open(file, false)) {
                assertThat(report.earlier("=a\n,\"b\".jpg", "@ann", PICTURE)).contains(Status.ENROLLED);
                assertThat(report.earlier("=a\n,\"b\".jpg", "@ann", new byte[1])).isEmpty();
                assertThat(report.earlier("=a\n,\"b\".jpg", "bob", PICTURE)).isEmpty();
                assertThat(report.earlier("c.jpg", "@ann", PICTURE)).isEmpty();
            }
        }
    }

    @Test
    void formulas_areDefused() throws Exception {
        Path file = folder.resolve("r.csv");
        try (EnrollmentReport report = EnrollmentReport.open(file, false)) {
            report.add(FileResult.enrolled("=HYPERLINK(1)", "@sum"), PICTURE);
        }
        assertThat(Files.readAllLines(file).get(1)).startsWith("'=HYPERLINK(1),'@sum,enrolled,");
    }

    @Test
    void lineThatAKilledProcessLeftHalf_isRemovedAtEveryByte() throws Exception {
        Path whole = folder.resolve("whole.csv");
        try (EnrollmentReport report = EnrollmentReport.open(whole, false)) {
            report.add(FileResult.enrolled("a.jpg", "ann"), PICTURE);
            report.add(FileResult.enrolled("b.jpg", "bob"), PICTURE);
        }
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            Path cut = folder.resolve("cut.csv");
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            try (EnrollmentReport report = EnrollmentReport.open(cut, false)) {
                assertThat(report.earlier("b.jpg", "bob", PICTURE)).isEmpty();
                report.add(FileResult.enrolled("c.jpg", "cid"), PICTURE);
            }
            assertThat(Files.readAllLines(cut)).allMatch(line -> line.split(",", -1).length == 6);
        }
    }

    @Test
    void refusedFile_isTriedAgainOnlyIfThatIsWanted() throws Exception {
        Path file = folder.resolve("r.csv");
        try (EnrollmentReport report = EnrollmentReport.open(file, false)) {
            report.add(new FileResult("a.jpg", "ann", Status.REFUSED, "NO_FACE", "No."), PICTURE);
            report.add(new FileResult("b.jpg", "ann", Status.SKIPPED, null, null), new byte[0]);
        }
        try (EnrollmentReport report = EnrollmentReport.open(file, false)) {
            assertThat(report.earlier("a.jpg", "ann", PICTURE)).contains(Status.REFUSED);
            assertThat(report.earlier("b.jpg", "ann", PICTURE)).isEmpty();
        }
        try (EnrollmentReport report = EnrollmentReport.open(file, true)) {
            assertThat(report.earlier("a.jpg", "ann", PICTURE)).isEmpty();
        }
    }

    @Test
    void problemWithoutContent_isNotedOnce() throws Exception {
        Path file = folder.resolve("r.csv");
        for (int i = 0; i < 3; i++) {
            try (EnrollmentReport report = EnrollmentReport.open(file, false)) {
                report.add(FileResult.refused("x", null, FileProblem.NOT_A_FILE, "No file."), new byte[0]);
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void otherFile_isNotOverwritten() throws Exception {
        Path file = folder.resolve("notes.csv");
        Files.writeString(file, "my,own,table\n", StandardOpenOption.CREATE);

        assertThatThrownBy(() -> EnrollmentReport.open(file, false))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("is no report");
        assertThat(file).hasContent("my,own,table\n");
    }
}
