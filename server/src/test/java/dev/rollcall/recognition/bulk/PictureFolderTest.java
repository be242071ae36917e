package dev.rollcall.recognition.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
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

        EnrollmentPlan plan = pictures().plan(null, ZoneOffset.UTC);

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

        EnrollmentPlan plan = pictures().plan(null, ZoneOffset.UTC);

        assertThat(plan.people()).singleElement().satisfies(person -> assertThat(person.files())
                .containsExactly("a.jpg"));
        assertThat(plan.problems()).isEmpty();
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

    private PictureFolder pictures() {
        return new PictureFolder(folder, 1000, 1_000_000);
    }

    private void write(String name, int size) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
    }
}
