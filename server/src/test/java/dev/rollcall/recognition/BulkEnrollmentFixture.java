package dev.rollcall.recognition;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.EnrollmentStore.Identity;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bulk enrollment with everything around it in memory, for tests. */
abstract class BulkEnrollmentFixture {

    static final String MODEL = "face-embedder@test";
    static final UserId ANN = new UserId("ann");
    static final Caller CALLER = new Caller("desk", null, null);
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

    final MadeUpAnalyses analyses = new MadeUpAnalyses();
    PictureAnalyzer examiner = analyses;
    final EnrolledFaces people = new EnrolledFaces();
    final RecognitionStores notes = new RecognitionStores();
    final Results results = new Results();
    final Map<String, byte[]> pictures = new HashMap<>();
    final List<String> details = new ArrayList<>();
    boolean takenExternalId;

    /** Results in memory. */
    static final class Results implements Ledger {

        final List<FileResult> added = new ArrayList<>();
        final Map<String, Status> before = new HashMap<>();

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

    void enroll(boolean trial, int picturesEach, PersonToEnroll... all) throws Exception {
        EnrollmentStore store = trial ? new TrialPeople(people) : people;
        new BulkRun(
                        enrollment(store, trial, picturesEach),
                        new BulkEnrollment.Files(source(), results, () -> true, CALLER))
                .enroll(Stream.of(all).toList(), 1);
    }

    BulkEnrollment enrollment(EnrollmentStore store, boolean trial, int picturesEach) {
        Gallery gallery = new Gallery(store, MODEL, new TemplateIndex());
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

    boolean setDetails(UserId userId, @Nullable String group, @Nullable String externalId, Instant at, Caller caller) {
        details.add(userId + " " + group + " " + externalId);
        return !takenExternalId;
    }

    PictureSource source() {
        return file -> {
            byte[] bytes = pictures.get(file);
            if (bytes == null) {
                throw new PictureFileException(FileProblem.FILE_MISSING, "There is no such file.");
            }
            return new Held(bytes);
        };
    }

    static final class Held implements PictureSource.HeldPicture {

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

    void picture(String file, int direction) {
        pictures.put(file, analyses.picture(file, MadeUpFaces.accepted(MadeUpFaces.direction(direction))));
    }

    static PersonToEnroll person(UserId userId, String... files) {
        return new PersonToEnroll(identity(userId), null, null, List.of(files));
    }

    static Identity identity(UserId userId) {
        return new Identity(userId, new PersonName("Name"), null);
    }
}
