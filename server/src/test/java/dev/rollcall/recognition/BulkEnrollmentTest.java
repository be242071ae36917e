package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.Identity;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.BulkRun;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.bulk.Ledger;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import dev.rollcall.recognition.bulk.PictureFileException;
import dev.rollcall.recognition.bulk.PictureSource;
import dev.rollcall.recognition.bulk.TrialPeople;
import dev.rollcall.recognition.gallery.Gallery;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of each of many pictures. */
class BulkEnrollmentTest {

    private static final String MODEL = "face-embedder@test";
    private static final UserId ANN = new UserId("ann");
    private static final Caller CALLER = new Caller("desk", null, null);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

    private final MadeUpAnalyses analyses = new MadeUpAnalyses();
    private PictureAnalyzer examiner = analyses;
    private final EnrolledFaces people = new EnrolledFaces();
    private final RecognitionStores notes = new RecognitionStores();
    private final Results results = new Results();
    private final Map<String, byte[]> pictures = new HashMap<>();
    private final List<String> details = new ArrayList<>();
    private boolean takenExternalId;

    /** Results in memory. */
    private static final class Results implements Ledger {

        private final List<FileResult> added = new ArrayList<>();
        private final Map<String, Status> before = new HashMap<>();

        @Override
        public Optional<Status> earlier(String file, String userId, byte[] picture) {
            return Optional.ofNullable(before.get(file));
        }

        @Override
        public synchronized void add(FileResult result, byte[] picture) {
            added.add(result);
        }

        List<String> lines() {
            return added.stream()
                    .map(one -> one.file() + " " + one.userId() + " " + one.status()
                            + (one.code() == null ? "" : " " + one.code()))
                    .toList();
        }
    }

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

    private void enroll(boolean trial, int picturesEach, PersonToEnroll... all) throws Exception {
        PeopleStore store = trial ? new TrialPeople(people) : people;
        new BulkRun(
                        enrollment(store, trial, picturesEach),
                        new BulkEnrollment.Files(source(), results, () -> true, CALLER))
                .enroll(Stream.of(all).toList(), 1);
    }

    private BulkEnrollment enrollment(PeopleStore store, boolean trial, int picturesEach) {
        Gallery gallery = new Gallery(store, MODEL);
        gallery.load();
        EnrollPerson.Policy policy =
                new EnrollPerson.Policy(AnalysisRules.enrollment(), 5, EnrollPerson.Limits.DEFAULT, false);
        Recognizer recognizer = new Recognizer(MODEL, new Calibration(11, 0.32));
        RefusalLog refusals = new RefusalLog(notes.audit(), CLOCK);
        return new BulkEnrollment(
                new EnrollPerson(
                        analyses, new EnrollPerson.Stores(store, gallery, refusals), recognizer, policy, CLOCK),
                new BulkEnrollment.Stores(store, this::setDetails),
                new BulkEnrollment.Examination(examiner, AnalysisRules.enrollment(), MODEL),
                new BulkEnrollment.Mode(trial, picturesEach),
                CLOCK);
    }

    private boolean setDetails(
            UserId userId, @Nullable String group, @Nullable String externalId, Instant at, Caller caller) {
        details.add(userId + " " + group + " " + externalId);
        return !takenExternalId;
    }

    private PictureSource source() {
        return file -> {
            byte[] bytes = pictures.get(file);
            if (bytes == null) {
                throw new PictureFileException(FileProblem.FILE_MISSING, "There is no such file.");
            }
            return new Held(bytes);
        };
    }

    private static final class Held implements PictureSource.HeldPicture {

        private final byte[] bytes;

        Held(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {}
    }

    private void picture(String file, int direction) {
        pictures.put(file, analyses.picture(file, MadeUpFaces.accepted(MadeUpFaces.direction(direction))));
    }

    private static PersonToEnroll person(UserId userId, String... files) {
        return new PersonToEnroll(identity(userId), null, null, List.of(files));
    }

    private static Identity identity(UserId userId) {
        return new Identity(userId, new PersonName("Name"), null);
    }
}
