package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Once;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.Rejection;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.KeptAnswer.Content;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts, what is noted and what is answered again when somebody is recognised under a key. */
class RepeatedRequestsTest {

    private static final Attempt FIRST = new Attempt("1".repeat(64), "a".repeat(64));
    private static final Attempt SECOND = new Attempt("2".repeat(64), "b".repeat(64));
    private static final Attempt OTHER_REQUEST = new Attempt(FIRST.key(), SECOND.fingerprint());

    private final RecognitionSite site = new RecognitionSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void repeatedMark_isAnsweredTheSameWhileThePersonIsLimited() {
        site.left(1);
        Result marked = site.recognize(site.portrait, FIRST);
        assertThat(site.recognize(site.stranger, SECOND)).isInstanceOf(Result.Refused.class);
        assertThat(RecognitionSite.code(site.recognize(site.portrait, null))).isEqualTo(Code.RATE_LIMITED);
        int analyses = site.analyses.begun().size();

        assertThat(marked).isInstanceOf(Result.Marked.class);
        assertThat(site.recognize(site.portrait, FIRST)).isEqualTo(marked);
        assertThat(site.stores.marks()).isEqualTo(1);
        assertThat(site.analyses.begun()).as("nothing is analysed again").hasSize(analyses);
    }

    @Test
    void mark_isWrittenUnderItsKey_forAsLongAsALateOneIsTaken() {
        site.recognize(site.portrait, FIRST);

        assertThat(site.stores.markRequests())
                .singleElement()
                .extracting(MarkRequest::once)
                .isEqualTo(
                        new Once(FIRST.key(), FIRST.fingerprint(), RecognitionSite.NOW.plus(Duration.ofDays(3)), "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_ENROLLED", "DAILY_LIMIT_REACHED"})
    void refusalThatIsDecidedWithTheMark_isNotedOnce(String code) {
        site.stores.decide(
                code.equals("NOT_ENROLLED")
                        ? new MarkDecision.UnknownPerson()
                        : new MarkDecision.DailyLimitReached(9, List.of()));

        Result refused = site.recognize(site.portrait, FIRST);
        assertThat(site.recognize(site.portrait, FIRST)).isEqualTo(refused);

        assertThat(RecognitionSite.code(refused).name()).isEqualTo(code);
        assertThat(site.stores.noted()).containsExactly(code);
    }

    @Test
    void repeatedRefusal_isNeitherCountedNorNotedAgain() {
        Result refused = site.recognize(site.stranger, FIRST);

        for (int i = 0; i < 3; i++) {
            assertThat(site.recognize(site.stranger, FIRST)).isEqualTo(refused);
        }

        assertThat(RecognitionSite.code(refused)).isEqualTo(Code.NOT_MATCHED);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS - 1);
        assertThat(site.stores.noted()).containsExactly("NOT_MATCHED");
    }

    @Test
    void otherRequestUnderAKey_isRefusedAndNotedAndNoAttempt() {
        site.recognize(site.portrait, FIRST);

        Result other = site.recognize(site.stranger, OTHER_REQUEST);

        assertThat(RecognitionSite.code(other)).isEqualTo(Code.IDEMPOTENCY_KEY_REUSED);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
        assertThat(site.stores.noted()).containsExactly("IDEMPOTENCY_KEY_REUSED");
    }

    @ParameterizedTest
    @EnumSource(Rejection.Reason.class)
    void everyRefusalOfAPicture_isKept(Rejection.Reason reason) {
        byte[] picture = site.analyses.picture("bad", new Analysis.Rejected(new Rejection(reason, "Try again.")));

        Result refused = site.recognize(picture, FIRST);

        assertThat(site.stores.kept(FIRST.key()))
                .contains(new KeptAnswer(FIRST.fingerprint(), new Content.Refused(RecognitionSite.refusal(refused))));
    }

    @Test
    void whoeverIsNotEnrolled_isToldTheSameAgain() {
        UserId nobody = new UserId("nobody");

        Result refused = site.recognize(nobody, site.portrait, FIRST);

        assertThat(site.recognize(nobody, site.portrait, FIRST)).isEqualTo(refused);
        assertThat(site.stores.noted()).containsExactly("NOT_ENROLLED");
    }

    @Test
    void whyAPersonIsNotRecognised_isNotedUnderAKeyToo() {
        site.people.deactivate(RecognitionSite.MANUEL);

        site.recognize(site.portrait, FIRST);

        assertThat(site.stores.notes()).singleElement().satisfies(note -> assertThat(note.details())
                .containsEntry("reason", "inactive"));
    }

    @Test
    void whatTheRulesRefuse_isKeptByTheStoreOnceAndAnsweredTheSame() {
        Mark last = new Mark(7, RecognitionSite.NOW, LocalDate.of(2026, 11, 22), 1, Direction.IN);
        site.stores.decide(new MarkDecision.TooSoon(RecognitionSite.NOW.plusSeconds(60), last));
        Result tooSoon = site.recognize(site.portrait, FIRST);
        site.stores.decide(new MarkDecision.DailyLimitReached(9, List.of()));
        Result limit = site.recognize(site.portrait, SECOND);

        assertThat(site.recognize(site.portrait, FIRST)).isEqualTo(tooSoon);
        assertThat(site.recognize(site.portrait, SECOND)).isEqualTo(limit);

        assertThat(site.stores.kept(FIRST.key()))
                .get()
                .extracting(KeptAnswer::content)
                .isInstanceOf(Content.Decided.class);
        assertThat(site.stores.kept(SECOND.key()))
                .get()
                .extracting(KeptAnswer::content)
                .isInstanceOf(Content.Decided.class);
        assertThat(site.stores.noted()).containsExactly("TOO_SOON", "DAILY_LIMIT_REACHED");
    }

    @Test
    void overload_isNotKept() {
        site.analyses.fill();

        assertThat(RecognitionSite.code(site.recognize(site.portrait, FIRST))).isEqualTo(Code.OVERLOADED);
        assertThat(site.stores.kept(FIRST.key())).isEmpty();
    }

    @Test
    void refusalWithoutAKey_isNotKept() {
        site.recognize(site.stranger, null);

        assertThat(site.stores.kept(FIRST.key())).isEmpty();
    }

    @Test
    void markOfAnotherInstanceUnderTheKey_isTheAnswerAndNoSecondMark() {
        RecognitionSite another = new RecognitionSite();
        Result marked = another.recognize(another.portrait, FIRST);
        site.stores.keepMeanwhile(another.stores.kept(FIRST.key()).orElseThrow());

        assertThat(site.recognize(site.portrait, FIRST)).isEqualTo(marked);
        assertThat(site.stores.marks()).isZero();
        assertThat(site.stores.noted()).isEmpty();
    }

    @Test
    void answerThatExpiresJustThen_isNoAnswer() {
        RecognitionSite another = new RecognitionSite();
        another.recognize(another.portrait, FIRST);
        site.stores.keepMeanwhile(another.stores.kept(FIRST.key()).orElseThrow());
        site.stores.expire();

        assertThatThrownBy(() -> site.recognize(site.portrait, FIRST))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isTrue());
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
    }

    @Test
    void markOfAnotherInstanceForAnotherRequestUnderTheKey_isToldAndNoted() {
        RecognitionSite another = new RecognitionSite();
        another.recognize(another.portrait, OTHER_REQUEST);
        site.stores.keepMeanwhile(another.stores.kept(FIRST.key()).orElseThrow());

        assertThat(RecognitionSite.code(site.recognize(site.portrait, FIRST))).isEqualTo(Code.IDEMPOTENCY_KEY_REUSED);
        assertThat(site.stores.noted()).containsExactly("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void guessThatAnotherInstanceHasCountedAndNoted_isNotCountedHere() {
        Refusal refusal = new Refusal(Code.NOT_MATCHED, "The face does not match this person.");
        site.stores.keepMeanwhile(new KeptAnswer(FIRST.fingerprint(), new Content.Refused(refusal)));

        assertThat(site.recognize(site.stranger, FIRST)).isEqualTo(new Result.Refused(refusal));
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
        assertThat(site.stores.noted()).isEmpty();
    }

    @Test
    void requestsAtOnceUnderOneKey_areOneMarkAndOneAnswerWithOneAttemptLeft() throws Exception {
        site.left(1);

        assertThat(together(site.portrait)).singleElement().isInstanceOf(Result.Marked.class);
        assertThat(site.stores.marks()).isEqualTo(1);
        assertThat(site.left()).isEqualTo(1);
    }

    @Test
    void guessesAtOnceUnderOneKey_areOneGuessAndOneNote() throws Exception {
        assertThat(together(site.stranger))
                .singleElement()
                .extracting(RecognitionSite::code)
                .isEqualTo(Code.NOT_MATCHED);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS - 1);
        assertThat(site.stores.noted()).containsExactly("NOT_MATCHED");
    }

    private Set<Result> together(byte[] picture) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(6);
        try {
            List<Future<Result>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(clients.submit(() -> site.recognize(picture, FIRST)));
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
}
