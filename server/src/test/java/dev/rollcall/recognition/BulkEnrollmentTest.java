package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of each of many pictures. */
class BulkEnrollmentTest extends BulkEnrollmentFixture {

    @Test
    void everyPicture_getsItsResult() throws Exception {
        people.with(new UserId("bob"), MODEL, MadeUpFaces.direction(1));
        picture("1.jpg", 0);
        picture("2.jpg", 1);
        enroll(false, 0, person(ANN, "1.jpg", "2.jpg", "gone.jpg"));

        assertThat(results.lines())
                .containsExactly(
                        "1.jpg ann ENROLLED", "2.jpg ann REFUSED DUPLICATE_FACE", "gone.jpg ann REFUSED FILE_MISSING");
        assertThat(people.written()).hasSize(1);
        assertThat(notes.noted()).containsExactly("DUPLICATE_FACE");
    }

    @Test
    void enoughPictures_areEnough() throws Exception {
        for (String file : List.of("1.jpg", "2.jpg", "3.jpg")) {
            picture(file, 0);
        }
        enroll(false, 2, person(ANN, "gone.jpg", "1.jpg", "2.jpg", "3.jpg"));

        assertThat(results.lines())
                .containsExactly(
                        "gone.jpg ann REFUSED FILE_MISSING",
                        "1.jpg ann ENROLLED",
                        "2.jpg ann ENROLLED",
                        "3.jpg ann SKIPPED");
    }

    @Test
    void trial_findsDuplicatesWithinTheFolderAndWritesNothing() throws Exception {
        picture("a.jpg", 0);
        picture("same.jpg", 0);
        picture("other.jpg", 5);
        picture("again.jpg", 0);

        enroll(
                true,
                0,
                person(ANN, "a.jpg", "other.jpg"),
                person(new UserId("bob"), "same.jpg"),
                person(ANN, "again.jpg"));

        assertThat(results.lines())
                .containsExactly(
                        "a.jpg ann ACCEPTED",
                        "other.jpg ann REFUSED FACE_MISMATCH",
                        "same.jpg bob REFUSED DUPLICATE_FACE",
                        "again.jpg ann ALREADY_ENROLLED");
        assertThat(people.written()).isEmpty();
        assertThat(details).isEmpty();
    }

    @Test
    void groupAndExternalId_areStoredWithTheFirstPicture() throws Exception {
        picture("1.jpg", 0);
        picture("2.jpg", 0);
        takenExternalId = true;

        PersonToEnroll ann = new PersonToEnroll(identity(ANN), "red", "x-1", List.of("gone.jpg", "1.jpg", "2.jpg"));
        enroll(false, 0, ann);

        assertThat(details).containsExactly("ann red x-1");
        assertThat(results.lines()).contains("1.jpg ann ENROLLED", "1.jpg ann REFUSED EXTERNAL_ID_TAKEN");
    }
}
