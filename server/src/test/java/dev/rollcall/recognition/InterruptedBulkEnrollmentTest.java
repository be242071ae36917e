package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Analysis;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.BulkRun;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import dev.rollcall.recognition.bulk.PictureSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What bulk enrollment does after an earlier run, and when it is stopped. */
class InterruptedBulkEnrollmentTest extends BulkEnrollmentFixture {

    @Test
    void pictureThatWasEnrolledBeforeTheProcessWasKilled_isNotEnrolledAgain() throws Exception {
        people.with(ANN, MODEL, MadeUpFaces.direction(0));
        picture("1.jpg", 0);
        pictures.put("2.jpg", analyses.picture("2.jpg", MadeUpFaces.accepted(MadeUpFaces.similar(0, 0.9, 3))));

        enroll(false, 0, person(ANN, "1.jpg", "2.jpg"));

        assertThat(results.lines()).containsExactly("1.jpg ann ALREADY_ENROLLED", "2.jpg ann ENROLLED");
        assertThat(people.written()).hasSize(1);
    }

    @Test
    void pictureThatWasEnrolledBefore_isFoundAlsoAfterWaitingForTheQueue() throws Exception {
        people.with(ANN, MODEL, MadeUpFaces.direction(0));
        picture("1.jpg", 0);
        AtomicInteger tries = new AtomicInteger();
        examiner = (picture, rules) -> tries.incrementAndGet() < 3 ? Optional.empty() : analyses.begin(picture, rules);

        enroll(false, 0, person(ANN, "1.jpg"));

        assertThat(results.lines()).containsExactly("1.jpg ann ALREADY_ENROLLED");
        assertThat(people.written()).isEmpty();
        assertThat(analyses.closed()).isEqualTo(1);
    }

    @Test
    void pictureThatStillWaitsForTheQueueWhenTheRunIsToStop_hasNoResult() throws Exception {
        people.with(ANN, MODEL, MadeUpFaces.direction(0));
        picture("1.jpg", 0);
        AtomicInteger tries = new AtomicInteger();
        examiner = (picture, rules) -> {
            tries.incrementAndGet();
            return Optional.empty();
        };

        new BulkRun(
                        enrollment(people, false, 0),
                        new BulkEnrollment.Files(source(), results, () -> tries.get() < 2, CALLER))
                .enroll(List.of(person(ANN, "1.jpg")), 1);

        assertThat(results.lines()).isEmpty();
        assertThat(people.written()).isEmpty();
    }

    @Test
    void copiesOfOnePicture_areEnrolledOnce() throws Exception {
        picture("1.jpg", 0);
        picture("2.jpg", 0);
        pictures.put("copy.jpg", pictures.get("1.jpg"));

        enroll(false, 0, person(ANN, "1.jpg", "copy.jpg", "2.jpg"));

        assertThat(results.lines())
                .containsExactly("1.jpg ann ENROLLED", "copy.jpg ann ALREADY_ENROLLED", "2.jpg ann ENROLLED");
        assertThat(people.written()).hasSize(2);
    }

    @Test
    void threadThatIsInterruptedWhileAPictureIsAnalysed_endsTheRun() {
        people.with(ANN, MODEL, MadeUpFaces.direction(0));
        picture("1.jpg", 0);
        examiner = (picture, rules) -> Optional.of(new InterruptedAnalysis());

        assertThatThrownBy(() -> enrollment(people, false, 0)
                        .enroll(person(ANN, "1.jpg"), new BulkEnrollment.Files(source(), results, () -> true, CALLER)))
                .isInstanceOf(InterruptedException.class);
        assertThat(results.lines()).isEmpty();
    }

    /** An analysis during which the waiting thread is interrupted. */
    private static final class InterruptedAnalysis implements PendingAnalysis {

        @Override
        public Optional<Analysis> await() {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    @Test
    void filesOfAnEarlierRun_areLeftOut() throws Exception {
        picture("1.jpg", 0);
        picture("2.jpg", 0);
        results.before.put("1.jpg", Status.ENROLLED);

        enroll(false, 0, person(ANN, "1.jpg", "2.jpg"));

        assertThat(results.lines()).containsExactly("2.jpg ann ENROLLED");
    }

    @Test
    void picturesThatAnEarlierRunEnrolled_countAndThoseItRefusedDont() throws Exception {
        for (String file : List.of("1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg")) {
            picture(file, 0);
        }
        results.before.putAll(
                Map.of("1.jpg", Status.REFUSED, "2.jpg", Status.ENROLLED, "3.jpg", Status.ALREADY_ENROLLED));

        enroll(false, 3, person(ANN, "1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"));

        assertThat(results.lines()).containsExactly("4.jpg ann ENROLLED", "5.jpg ann SKIPPED");
    }

    @Test
    void groupAndExternalId_areStoredAfterARunThatWasKilledBeforeThat() throws Exception {
        picture("0.jpg", 0);
        picture("1.jpg", 0);
        results.before.putAll(Map.of("0.jpg", Status.REFUSED, "1.jpg", Status.ENROLLED));

        enroll(false, 0, new PersonToEnroll(identity(ANN), "red", "x-1", List.of("0.jpg")));
        assertThat(details).isEmpty();
        enroll(false, 0, new PersonToEnroll(identity(ANN), "red", "x-1", List.of("0.jpg", "1.jpg")));

        assertThat(details).containsExactly("ann red x-1");
        assertThat(results.lines()).isEmpty();
    }

    @Test
    void storeThatBreaksDown_endsTheRunWithoutAResultForThePicture() {
        picture("1.jpg", 0);
        picture("2.jpg", 1);
        people.beforeNextWrite(() -> {
            throw new StoreUnavailableException("gone", true, null);
        });

        assertThatThrownBy(() -> enroll(false, 0, person(ANN, "1.jpg"), person(new UserId("bob"), "2.jpg")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(results.lines()).isEmpty();
    }

    @Test
    void runThatIsToldToStop_stopsBeforeTheNextPicture() throws Exception {
        picture("1.jpg", 0);
        picture("2.jpg", 0);

        new BulkRun(
                        enrollment(people, false, 0),
                        new BulkEnrollment.Files(source(), results, () -> results.added.isEmpty(), CALLER))
                .enroll(List.of(person(ANN, "1.jpg", "2.jpg")), 2);

        assertThat(results.lines()).containsExactly("1.jpg ann ENROLLED");
    }

    @Test
    void interruptedRun_endsAfterThePicturesUnderWayAreNoted() throws Exception {
        picture("1.jpg", 0);
        picture("2.jpg", 0);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        PictureSource slow = file -> {
            begun.countDown();
            mayEnd.await();
            return source().read(file);
        };
        BulkRun run =
                new BulkRun(enrollment(people, false, 0), new BulkEnrollment.Files(slow, results, () -> true, CALLER));
        FutureTask<List<String>> linesAtTheEnd = new FutureTask<>(() -> {
            assertThatThrownBy(() -> run.enroll(List.of(person(ANN, "1.jpg", "2.jpg")), 2))
                    .isInstanceOf(InterruptedException.class);
            return results.lines();
        });
        Thread caller = new Thread(linesAtTheEnd);
        caller.start();
        begun.await();
        caller.interrupt();
        // Time for the run to end too early.
        caller.join(200);
        mayEnd.countDown();

        assertThat(linesAtTheEnd.get()).containsExactly("1.jpg ann ENROLLED");
    }
}
