package dev.rollcall.recognition.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in a folder, and what can be read of it. */
class PictureFolderTest {

    @TempDir
    private Path folder;

    @Test
    void linksThatLeadBackAndEmptyFolders_areToldAndNothingElseIsLost() throws Exception {
        write("ann/1.jpg", 10);
        Files.createDirectory(folder.resolve("empty"));
        Files.createSymbolicLink(folder.resolve("ann/loop"), folder);
        Files.createSymbolicLink(folder.resolve("bob.jpg"), folder.resolve("ann/1.jpg"));
        Files.createSymbolicLink(folder.resolve("gone.jpg"), folder.resolve("nothing"));

        EnrollmentPlan plan = plan(null);

        assertThat(plan.people())
                .extracting(person -> person.identity().userId().value())
                .contains("ann", "bob");
        assertThat(plan.problems())
                .extracting(FileResult::file, FileResult::code)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("ann/loop", "LINK_LOOP"),
                        org.assertj.core.groups.Tuple.tuple("empty", "FOLDER_EMPTY"));
        assertThatThrownBy(() -> pictures().read("gone.jpg")).isInstanceOf(PictureFileException.class);
    }

    @Test
    void onlyListAtTheTop_isTheListOfPeople() throws Exception {
        write("a.jpg", 10);
        Files.writeString(folder.resolve("people.csv"), "user_id,file\nann,a.jpg\n");

        EnrollmentPlan plan = plan(null);

        assertThat(plan.people()).singleElement().satisfies(person -> assertThat(person.files())
                .containsExactly("a.jpg"));
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void reportInTheFolder_isNeitherAListNorAPicture() throws Exception {
        write("ann/1.jpg", 10);
        write("log.txt", 0);
        Path link = Files.createSymbolicLink(folder.resolve(".report"), folder.resolve("log.txt"));
        for (String earlier : new String[] {"staff-report.csv", "other.csv"}) {
            EnrollmentReport.open(folder.resolve(earlier), false).close();
        }
        Files.writeString(folder.resolve("saved.csv"), "\uFEFFfile,user_id,status,code,detail,sha256\r\nü,,,,,\r\n");
        Files.writeString(folder.resolve("old.jsonl"), "{}\n");

        EnrollmentPlan plan = pictures().plan(null, link, ZoneOffset.UTC);

        assertThat(plan.people())
                .extracting(person -> person.identity().userId().value())
                .containsExactly("ann");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void oneListOfSeveral_mustBeChosen() throws Exception {
        write("a.jpg", 10);
        Files.writeString(folder.resolve("people.csv"), "user_id,file\nann,a.jpg\n");
        Files.writeString(folder.resolve("OTHERS.CSV"), "user_id,file\nbob,a.jpg\n");

        assertThatThrownBy(() -> plan(null))
                .isInstanceOf(ListException.class)
                .hasMessageEndingWith(" has several .csv files; choose one by --list");
        EnrollmentPlan chosen = plan(folder.resolve("../" + folder.getFileName() + "/OTHERS.CSV"));
        assertThat(chosen.people())
                .extracting(person -> person.identity().userId().value())
                .containsExactly("bob");
        assertThat(chosen.problems()).isEmpty();
    }

    @Test
    void listOfAnyName_isNoPicture() throws Exception {
        write("a.jpg", 10);
        Files.writeString(folder.resolve("people.txt"), "user_id,file\nann,a.jpg\n");

        assertThat(plan(folder.resolve("./people.txt")).problems()).isEmpty();
    }

    @Test
    void moreFilesAndProblemsThanAllowed_areNoPlan() throws Exception {
        write("ann/1.jpg", 10);
        write("bob/1.jpg", 10);
        Files.createSymbolicLink(folder.resolve("bob/loop"), folder);
        Files.createSymbolicLink(folder.resolve("gone.jpg"), folder.resolve("nothing"));
        Files.createDirectory(folder.resolve("empty"));
        Path report = folder.resolve("report.csv");

        assertThat(limited(5).plan(null, report, ZoneOffset.UTC).problems()).hasSize(3);
        for (int limit = 0; limit < 5; limit++) {
            PictureFolder limited = limited(limit);
            assertThatThrownBy(() -> limited.plan(null, report, ZoneOffset.UTC))
                    .as("limit %d", limit)
                    .isInstanceOf(ListException.class)
                    .hasMessageContaining("more than " + limit + " files");
        }
    }

    @Test
    void largeFile_isRefusedUnread() throws Exception {
        write("large.jpg", 1001);

        assertThatThrownBy(() -> pictures().read("large.jpg"))
                .isInstanceOfSatisfying(PictureFileException.class, refused -> assertThat(refused.problem())
                        .isEqualTo(FileProblem.FILE_TOO_LARGE));
        assertThatThrownBy(() -> pictures().read("missing.jpg"))
                .isInstanceOfSatisfying(PictureFileException.class, refused -> assertThat(refused.problem())
                        .isEqualTo(FileProblem.FILE_MISSING));
    }

    @Test
    void picture_isHeldAloneIfItIsLargerThanTheMemory() throws Exception {
        write("a.jpg", 1000);
        PictureFolder small = new PictureFolder(folder, 100_000, 1024);
        write("b.jpg", 50_000);

        for (String file : new String[] {"b.jpg", "a.jpg", "b.jpg"}) {
            try (PictureSource.HeldPicture held = small.read(file)) {
                assertThat(held.bytes()).hasSize((int) Files.size(folder.resolve(file)));
            }
        }
    }

    private EnrollmentPlan plan(@Nullable Path list) throws IOException, ListException {
        return pictures().plan(list, folder.resolve("report.csv"), ZoneOffset.UTC);
    }

    private PictureFolder limited(int maxFiles) {
        return new PictureFolder(folder, 1000, 1_000_000, maxFiles);
    }

    private PictureFolder pictures() {
        return new PictureFolder(folder, 1000, 1_000_000);
    }

    private void write(String name, int size) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
    }
}
