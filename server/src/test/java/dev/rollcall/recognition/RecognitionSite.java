package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.RecognizePerson.Request;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Recognition with everything around it in memory, and one person enrolled. Safe for use by several threads. */
final class RecognitionSite {

    static final UserId MANUEL = new UserId("manuel");
    static final String SITE = "gate-2";
    static final Caller CALLER = new Caller("kiosk", "request-1", "192.0.2.1");
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    static final String MODEL = "face-embedder@test";
    static final Calibration CALIBRATION = new Calibration(11, 0.32);
    static final double THRESHOLD = 0.8;

    /** How many attempts may be made. */
    static final int ATTEMPTS = 100;

    final RecognitionStores stores = new RecognitionStores();
    final MadeUpAnalyses analyses = new MadeUpAnalyses();
    final EnrolledFaces people = new EnrolledFaces().with(MANUEL, MODEL, MadeUpFaces.direction(0));
    final byte[] portrait = face(1);
    final byte[] stranger = face(0);

    private final AtomicInteger left = new AtomicInteger(ATTEMPTS);
    private RecognizePerson recognizePerson = recognizePerson(THRESHOLD);

    /** A picture of a face of such a similarity to the person's. */
    byte[] face(double similarity) {
        return analyses.picture("" + similarity, MadeUpFaces.accepted(MadeUpFaces.similar(0, similarity, 1)));
    }

    void threshold(double confidence) {
        recognizePerson = recognizePerson(confidence);
    }

    /** How many attempts may still be made. */
    int left() {
        return left.get();
    }

    void left(int attempts) {
        left.set(attempts);
    }

    Result recognize(byte[] picture, @Nullable Attempt attempt) {
        return recognize(MANUEL, picture, attempt);
    }

    Result recognize(UserId userId, byte[] picture, @Nullable Attempt attempt) {
        return recognizePerson.recognize(new Request(userId, SITE, Optional.ofNullable(attempt)), picture, CALLER);
    }

    static Refusal refusal(Result result) {
        return ((Result.Refused) result).refusal();
    }

    static Code code(Result result) {
        return refusal(result).code();
    }

    private RecognizePerson recognizePerson(double threshold) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new RecognizePerson(
                analyses,
                new RecognizePerson.Stores(
                        people, stores, stores, new RefusalLog(stores.audit(), clock), new Attempts()),
                new Recognizer(MODEL, CALIBRATION),
                new RecognizePerson.Policy(
                        AnalysisRules.recognition(),
                        new FixedThreshold(threshold),
                        new AttendancePolicy(9, Duration.ZERO, ZoneId.of("UTC"))),
                clock);
    }

    /** As many attempts as are left. */
    private final class Attempts implements AttemptLimit {

        @Override
        public Optional<Refusal> count(UserId userId, Caller caller) {
            return left.getAndUpdate(now -> Math.max(0, now - 1)) > 0
                    ? Optional.empty()
                    : Optional.of(new Refusal(Code.RATE_LIMITED, "Too many.", Map.of()));
        }

        @Override
        public void refund(UserId userId) {
            left.incrementAndGet();
        }
    }
}
