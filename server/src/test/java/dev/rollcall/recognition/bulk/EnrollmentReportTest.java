package dev.rollcall.recognition.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.recognition.bulk.FileResult.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
                assertThat(report.earlier("=a\n,\"b\".jpg", "@ann", new byte[1]))
                        .isEmpty();
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
        for (String ending : new String[] {".csv", ".jsonl"}) {
            Path whole = folder.resolve("whole" + ending);
            try (EnrollmentReport report = EnrollmentReport.open(whole, false)) {
                report.add(FileResult.enrolled("ä\n.jpg", "ann"), PICTURE);
                report.add(FileResult.enrolled("b.jpg", "bob"), PICTURE);
            }
            byte[] bytes = Files.readAllBytes(whole);
            for (int length = 0; length < bytes.length; length++) {
                Path cut = folder.resolve("cut" + ending);
                Files.write(cut, java.util.Arrays.copyOf(bytes, length));
                try (EnrollmentReport report = EnrollmentReport.open(cut, false)) {
                    assertThat(report.earlier("b.jpg", "bob", PICTURE)).isEmpty();
                    report.add(FileResult.enrolled("c.jpg", "cid"), PICTURE);
                }
                assertThat(Files.readAllLines(cut)).allMatch(line -> line.split(",", -1).length == 6);
            }
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
        for (String content : new String[] {
            "my,own,table\n",
            "my,own,enrolled,,,\n",
            "a note without an end of line",
            " ",
            "file,user_id,status,code,detail,sha256,more",
            "{\"file\":\"a\",\"size\":3}",
            "{\"file\":\"a\",}",
            "{\"name\":",
            "x".repeat(20_000)
        }) {
            for (String name : new String[] {"notes.csv", "notes.jsonl", "notes"}) {
                Path file = folder.resolve(name);
                Files.writeString(file, content);

                assertThatThrownBy(() -> EnrollmentReport.open(file, false))
                        .as(content)
                        .isInstanceOf(ListException.class)
                        .hasMessageContaining("is no report");
                assertThat(Files.readString(file)).isEqualTo(content);
            }
        }
    }

    @Test
    void lineOfAnyValues_canBeReadAgain() throws Exception {
        for (String name : new String[] {"r.csv", "r.jsonl"}) {
            Path report = folder.resolve(name);
            for (String part : new String[] {"\n", "\"", "\\", "ü", "…", "\ud83d\ude00", "=\ud83d\ude00"}) {
                String file = part.repeat(20_000);
                FileResult result = new FileResult(file, "u".repeat(64), Status.REFUSED, "NO_FACE", file);
                try (EnrollmentReport written = EnrollmentReport.open(report, false)) {
                    written.add(result, PICTURE);
                    written.add(result, new byte[0]);
                }
                try (EnrollmentReport read = EnrollmentReport.open(report, false)) {
                    assertThat(read.earlier(file, "u".repeat(64), PICTURE)).contains(Status.REFUSED);
                }
            }
            assertThat(Files.readString(report)).doesNotContain("?").doesNotContain("\ufffd");
        }
    }
}
