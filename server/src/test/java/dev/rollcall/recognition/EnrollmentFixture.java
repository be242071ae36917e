package dev.rollcall.recognition;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.EnrollPerson.Request;
import dev.rollcall.recognition.EnrollPerson.Result;
import dev.rollcall.recognition.gallery.Gallery;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enrollment with everything around it in memory, for tests. */
abstract class EnrollmentFixture {

    static final String MODEL = "face-embedder@test";
    static final Calibration CALIBRATION = new Calibration(11, 0.32);
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");
    static final Caller CALLER = new Caller("desk", "request-1", "192.0.2.1");
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    static final double DUPLICATE = 0.95;
    static final double LOOK_ALIKE = 0.8;
    static final double MISMATCH = 0.5;

    final RecognitionStores notes = new RecognitionStores();
    final MadeUpAnalyses analyses = new MadeUpAnalyses();
    final EnrolledFaces people = new EnrolledFaces();
    final Gallery gallery = new Gallery(people, MODEL, new TemplateIndex());
    final byte[] picture = analyses.picture("ann", MadeUpFaces.accepted(MadeUpFaces.direction(0)));

    Result enroll(List<byte[]> images) {
        return enrollPerson(DUPLICATE, MISMATCH, false).enroll(request(null, false), images, CALLER);
    }

    Result enroll(byte[] shown, boolean replace) {
        return enrollPerson(DUPLICATE, MISMATCH, false).enroll(request(null, replace), List.of(shown), CALLER);
    }

    Result enroll(Request request) {
        return enrollPerson(DUPLICATE, MISMATCH, false).enroll(request, List.of(picture), CALLER);
    }

    static Request request(@Nullable Instant consentAt, boolean replace) {
        return new Request(identity(consentAt), replace);
    }

    static Identity identity(@Nullable Instant consentAt) {
        return new Identity(ANN, new PersonName("Ann"), consentAt);
    }

    static Refusal refusal(Result result) {
        return ((Result.Refused) result).refusal();
    }

    EnrollPerson enrollPerson(double duplicate, double mismatch, boolean consentRequired) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new EnrollPerson(
                analyses,
                new EnrollPerson.Stores(people, gallery, new RefusalLog(notes.audit(), clock)),
                new Recognizer(MODEL, CALIBRATION),
                new EnrollPerson.Policy(
                        AnalysisRules.enrollment(),
                        3,
                        new EnrollPerson.Limits(duplicate, LOOK_ALIKE, mismatch),
                        consentRequired),
                clock);
    }
}
