package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.StageListener.Stage;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.RecognizePerson.Request;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What counts, what is noted and what is answered again when somebody is recognised. */
class RecognizePersonTest {

    private static final UserId MANUEL = new UserId("manuel");
    private static final Caller CALLER = new Caller("kiosk", "request-1", "192.0.2.1");
    private static final Attempt FIRST = new Attempt("1".repeat(64), "a".repeat(64));
    private static final Attempt SECOND = new Attempt("2".repeat(64), "b".repeat(64));

    private static final AtomicInteger ANALYSES = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static FaceEngine engine;

    @SuppressWarnings("NullAway.Init")
    private static AnalysisPool pool;

    @SuppressWarnings("NullAway.Init")
    private static byte[] portrait;

    @SuppressWarnings("NullAway.Init")
    private static byte[] stranger;

    @SuppressWarnings("NullAway.Init")
    private static Embedding template;

    private final RecognitionStores stores = new RecognitionStores();

    /** How many attempts may still be made. */
    private final AtomicInteger left = new AtomicInteger(1);

    @BeforeAll
    static void start() throws IOException {
        engine = new FaceEngine();
        pool = new AnalysisPool(engine, 2, 32, (stage, nanos) -> {
            if (stage == Stage.DECODE) {
                ANALYSES.incrementAndGet();
            }
        });
        portrait = portrait("manuel");
        stranger = portrait("geronimo");
        Analysis analysis = pool.begin(portrait, AnalysisRules.recognition())
                .orElseThrow()
                .await()
                .orElseThrow();
        template = ((Analysis.Accepted) analysis).face().embedding();
    }

    @AfterAll
    static void stop() {
        pool.close();
        engine.close();
    }

    @Test
    void repeatedMark_isAnsweredTheSameWhileThePersonIsLimited() {
        Result marked = recognize(portrait, FIRST);
        assertThat(recognize(stranger, SECOND)).isInstanceOf(Result.Refused.class);
        assertThat(code(recognize(portrait, null))).isEqualTo(Code.RATE_LIMITED);
        int analyses = ANALYSES.get();

        assertThat(marked).isInstanceOf(Result.Marked.class);
        assertThat(recognize(portrait, FIRST)).isEqualTo(marked);
        assertThat(stores.marks()).isEqualTo(1);
        assertThat(ANALYSES).as("nothing is analysed again").hasValue(analyses);
    }

    @Test
    void repeatedRefusal_isNeitherCountedNorNotedAgain() {
        left.set(2);
        Result refused = recognize(stranger, FIRST);

        for (int i = 0; i < 3; i++) {
            assertThat(recognize(stranger, FIRST)).isEqualTo(refused);
        }

        assertThat(code(refused)).isEqualTo(Code.NOT_MATCHED);
        assertThat(left).hasValue(1);
        assertThat(stores.noted()).containsExactly("NOT_MATCHED");
    }

    @Test
    void otherRequestUnderAKey_isRefusedAndNotedAndNoAttempt() {
        recognize(portrait, FIRST);

        Result other = recognize(stranger, new Attempt(FIRST.key(), SECOND.fingerprint()));

        assertThat(code(other)).isEqualTo(Code.IDEMPOTENCY_KEY_REUSED);
        assertThat(left).hasValue(1);
        assertThat(stores.noted()).containsExactly("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void requestsAtOnceUnderOneKey_areOneMarkAndOneAnswerWithOneAttemptLeft() throws Exception {
        assertThat(together(portrait)).singleElement().isInstanceOf(Result.Marked.class);
        assertThat(stores.marks()).isEqualTo(1);
        assertThat(left).hasValue(1);
    }

    @Test
    void guessesAtOnceUnderOneKey_areOneGuessAndOneNote() throws Exception {
        left.set(3);

        assertThat(together(stranger))
                .singleElement()
                .extracting(RecognizePersonTest::code)
                .isEqualTo(Code.NOT_MATCHED);
        assertThat(left).hasValue(2);
        assertThat(stores.noted()).containsExactly("NOT_MATCHED");
    }

    @Test
    void guessWithoutAKey_countsAndAFittingFaceDoesNot() {
        left.set(2);

        recognize(portrait, null);
        assertThat(left).hasValue(2);
        recognize(stranger, null);

        assertThat(left).hasValue(1);
    }

    private Set<Result> together(byte[] picture) throws Exception {
        RecognizePerson recognizePerson = recognizePerson();
        ExecutorService clients = Executors.newFixedThreadPool(6);
        try {
            List<Future<Result>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(clients.submit(() -> recognizePerson.recognize(request(FIRST), picture, CALLER)));
            }
            Set<Result> results = new HashSet<>();
            for (Future<Result> answer : answers) {
                results.add(answer.get());
            }
            return results;
        } finally {
            clients.shutdownNow();
        }
    }

    private Result recognize(byte[] picture, @Nullable Attempt attempt) {
        return recognizePerson().recognize(request(attempt), picture, CALLER);
    }

    private static Request request(@Nullable Attempt attempt) {
        return new Request(MANUEL, Optional.ofNullable(attempt));
    }

    private RecognizePerson recognizePerson() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
        return new RecognizePerson(
                pool,
                new RecognizePerson.Stores(
                        new RecognitionStores.OnePerson(MANUEL, template),
                        stores,
                        stores,
                        new RefusalLog(stores.audit(), clock),
                        new Attempts()),
                new Recognizer(engine.modelId(), engine.calibration()),
                new RecognizePerson.Policy(
                        AnalysisRules.recognition(), 0.8, new AttendancePolicy(9, Duration.ZERO, ZoneId.of("UTC"))),
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

    private static Code code(Result result) {
        return ((Result.Refused) result).refusal().code();
    }

    private static byte[] portrait(String person) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                RecognizePersonTest.class.getResourceAsStream("/portraits/" + person + ".png"))) {
            return in.readAllBytes();
        }
    }
}
