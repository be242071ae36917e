package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.EnrollPerson.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which other templates a face is compared with, and which of the person's own are removed. */
class EnrollmentGalleryTest extends EnrollmentFixture {

    @Test
    void sameFaceEnrolledMeanwhile_isFoundBeforeAnythingIsWritten() {
        people.with(BOB, MODEL, MadeUpFaces.direction(1));
        people.beforeNextWrite(() -> people.with(new UserId("carl"), MODEL, MadeUpFaces.direction(0)));

        assertThat(refusal(enroll(picture, false)).code()).isEqualTo(Code.DUPLICATE_FACE);
        assertThat(people.written()).isEmpty();
        assertThat(people.comparedFrom()).containsExactly(0L, 1L);
    }

    @Test
    void anotherFaceEnrolledMeanwhile_isComparedTooAndNoObstacle() {
        people.with(BOB, MODEL, MadeUpFaces.direction(1));
        people.beforeNextWrite(() -> people.with(new UserId("carl"), MODEL, MadeUpFaces.direction(2)));

        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);
        assertThat(people.written()).singleElement().satisfies(template -> assertThat(template.checkedUpTo())
                .isEqualTo(2));
        assertThat(people.comparedFrom()).containsExactly(0L, 1L);
    }

    @Test
    void loadedGallery_findsTheFaceOfAnotherWithoutReadingAllTemplates() {
        people.with(BOB, MODEL, MadeUpFaces.direction(1)).with(new UserId("carl"), MODEL, MadeUpFaces.direction(0));
        gallery.load();

        assertThat(refusal(enroll(picture, false)).code()).isEqualTo(Code.DUPLICATE_FACE);
        assertThat(people.comparedFrom()).isEmpty();
    }

    @Test
    void loadedGallery_isBroughtUpToDateBeforeAnythingIsWritten() {
        people.with(BOB, MODEL, MadeUpFaces.direction(1));
        gallery.load();
        people.beforeNextWrite(() -> people.with(new UserId("carl"), MODEL, MadeUpFaces.direction(0)));

        assertThat(refusal(enroll(picture, false)).code()).isEqualTo(Code.DUPLICATE_FACE);
        assertThat(people.written()).isEmpty();
        assertThat(people.comparedFrom()).isEmpty();
    }

    @Test
    void personWhomAnotherInstanceHasErased_isNoDuplicate() {
        people.with(BOB, MODEL, MadeUpFaces.direction(0));
        gallery.load();
        people.erase(BOB, MODEL);

        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);
        assertThat(gallery.size()).isZero();
    }

    @Test
    void loadedGallery_doesNotCountThePersonsOwnTemplates() {
        people.with(BOB, MODEL, MadeUpFaces.direction(1)).with(ANN, MODEL, MadeUpFaces.direction(0));
        gallery.load();

        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);
        assertThat(people.written()).singleElement().satisfies(template -> assertThat(template.checkedUpTo())
                .isEqualTo(2));
    }

    @Test
    void beyondTheMostTemplates_theOneThatSaysLeastGivesWay() {
        people.with(ANN, MODEL, MadeUpFaces.similar(0, 0.8, 1))
                .with(ANN, MODEL, MadeUpFaces.similar(0, 0.8, 2), MadeUpFaces.NORM + 1)
                .with(ANN, MODEL, MadeUpFaces.similar(0, 0.7, 2));

        enroll(picture, false);

        assertThat(people.written()).singleElement().satisfies(written -> assertThat(written.keep())
                .isEqualTo(new EnrollmentStore.Keep(false, List.of(1L, 2L, 3L), List.of(3L))));
    }

    @Test
    void templatesInExcessOfALoweredMaximum_giveWayTogether() {
        for (int i = 1; i <= 5; i++) {
            people.with(ANN, MODEL, MadeUpFaces.similar(0, 0.8, i));
        }

        enroll(picture, false);

        assertThat(people.written())
                .singleElement()
                .satisfies(written -> assertThat(written.keep().removed()).hasSize(3));
    }

    @Test
    void templateOfOneselfWrittenMeanwhile_isComparedToo() {
        people.beforeNextWrite(() -> people.with(ANN, MODEL, MadeUpFaces.direction(1)));

        assertThat(refusal(enroll(picture, false)).code()).isEqualTo(Code.FACE_MISMATCH);
        assertThat(people.written()).isEmpty();
    }
}
