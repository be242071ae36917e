package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static dev.rollcall.store.function.Samples.hash;
import static dev.rollcall.store.function.Samples.match;
import static dev.rollcall.store.function.Samples.newAttempt;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.AnswerStore;
import dev.rollcall.recognition.AnswerStore.Keeping;
import dev.rollcall.recognition.KeptAnswer;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.KeptAnswer.Content;
import dev.rollcall.recognition.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of answers, and of marks under keys, must do. */
interface AnswerStoreContract {

    PeopleStore people();

    AttendanceStore attendance();

    AnswerStore answers();

    @Test
    default void markUnderAKey_isWrittenOnceAndAnsweredAgain() {
        UserId ann = enrolled();
        Attempt attempt = newAttempt();

        MarkDecision.Marked first = decided(mark(ann, MORNING, attempt));
        Marking repeated = mark(ann, MORNING.plusSeconds(5), attempt);
        KeptAnswer again = answers().find(attempt.key(), MORNING).orElseThrow();

        assertThat(again.fingerprint()).isEqualTo(attempt.fingerprint());
        assertThat(again.content()).isEqualTo(new Content.Decided(match(ann), first));
        assertThat(repeated).isEqualTo(new Marking.Repeated());
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    default void matchWithoutLivenessAndRival_isAnsweredAgainWithoutThem() {
        UserId ann = enrolled();
        Attempt attempt = newAttempt();
        Match match = new Match(ann, "Ann", 0.123456789012345, 1 / 3.0, 0.8, null, null, true);

        attendance().mark(Samples.request(match, MORNING, attempt), TWO_A_DAY);

        Content content = answers().find(attempt.key(), MORNING).orElseThrow().content();
        assertThat(((Content.Decided) content).basis()).isEqualTo(match);
    }

    @Test
    default void otherRequestUnderTheSameKey_isToldWhatWasAskedFirst() {
        UserId ann = enrolled();
        Attempt attempt = newAttempt();
        mark(ann, MORNING, attempt);

        Marking other = mark(ann, MORNING, new Attempt(attempt.key(), hash()));

        assertThat(other).isEqualTo(new Marking.Repeated());
        assertThat(answers().find(attempt.key(), MORNING).orElseThrow().fingerprint())
                .isEqualTo(attempt.fingerprint());
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    default void rulesRefusal_isAnsweredAgain() {
        UserId ann = enrolled();
        mark(ann, MORNING, newAttempt());
        mark(ann, MORNING, newAttempt());
        Attempt third = newAttempt();

        MarkDecision refused = ((Marking.Decided) mark(ann, MORNING, third)).decision();
        Marking again = mark(ann, MORNING, third);

        assertThat(refused).isInstanceOf(MarkDecision.DailyLimitReached.class);
        assertThat(again).isEqualTo(new Marking.Repeated());
        assertThat(answers().find(third.key(), MORNING).orElseThrow().content())
                .isEqualTo(new Content.Decided(null, refused));
    }

    @Test
    default void keptRefusal_isFoundUntilItExpires() {
        UserId ann = newUserId();
        Attempt attempt = newAttempt();
        Refusal refusal =
                new Refusal(Code.NOT_MATCHED, "No.", Map.of("confidence", 0.25, "marks", List.of(Map.of("id", 7))));

        Keeping keeping =
                answers().keep(attempt, ann, refusal.withAuditFacts(Map.of("rival_user_id", "not kept")), MORNING);

        KeptAnswer kept = keeping.kept();
        assertThat(keeping.repeated()).isFalse();
        assertThat(kept).isEqualTo(new KeptAnswer(attempt.fingerprint(), new Content.Refused(refusal)));
        Instant end = MORNING.plus(KeptAnswer.LIFETIME);
        assertThat(answers().find(attempt.key(), end.minusSeconds(1))).contains(kept);
        assertThat(answers().find(attempt.key(), end)).isEmpty();
    }

    @Test
    default void refusalThatConcernsNobody_isKept() {
        Attempt attempt = newAttempt();
        Refusal refusal = new Refusal(Code.NOT_RECOGNIZED, "Nobody.");

        answers().keep(attempt, null, refusal, MORNING);

        assertThat(answers().find(attempt.key(), MORNING).orElseThrow().content())
                .isEqualTo(new Content.Refused(refusal));
    }

    @Test
    default void secondRefusalUnderAKey_givesWayToTheFirst() {
        UserId ann = newUserId();
        Attempt attempt = newAttempt();
        KeptAnswer first = answers()
                .keep(attempt, ann, new Refusal(Code.NO_FACE, "None."), MORNING)
                .kept();

        assertThat(answers().keep(attempt, ann, new Refusal(Code.NOT_MATCHED, "No."), MORNING))
                .isEqualTo(new Keeping(first, true));
    }

    @Test
    default void expiredKey_isFreeAgain() {
        UserId ann = enrolled();
        Attempt attempt = newAttempt();
        mark(ann, MORNING, attempt);

        Marking later = mark(ann, MORNING.plus(KeptAnswer.LIFETIME), attempt);

        assertThat(later).isInstanceOf(Marking.Decided.class);
        assertThat(marksOf(ann)).isEqualTo(2);
    }

    @Test
    default void expiredAnswers_areSweptAway() {
        UserId ann = enrolled();
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        Attempt expired = newAttempt();
        Attempt lasting = newAttempt();
        mark(ann, longAgo, expired);
        mark(ann, longAgo.plusSeconds(1), lasting);

        assertThat(answers().sweep(longAgo.plus(KeptAnswer.LIFETIME))).isEqualTo(1);

        assertThat(answers().find(expired.key(), longAgo)).isEmpty();
        assertThat(answers().find(lasting.key(), longAgo)).isPresent();
    }

    @Test
    default void requestsUnderOneKeyAtOnce_areOneMarkAndOneAnswer() throws Exception {
        UserId ann = enrolled();
        Attempt attempt = newAttempt();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Marking>> markings = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Instant at = MORNING.plusMillis(i);
                markings.add(threads.submit(() -> mark(ann, at, attempt)));
            }
            Set<MarkDecision> decisions = new HashSet<>();
            for (Future<Marking> marking : markings) {
                if (marking.get() instanceof Marking.Decided decided) {
                    decisions.add(decided.decision());
                }
            }
            Content kept = answers().find(attempt.key(), MORNING).orElseThrow().content();
            decisions.add(((Content.Decided) kept).decision());
            assertThat(decisions).singleElement().isInstanceOf(MarkDecision.Marked.class);
            assertThat(marksOf(ann)).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void erasedPersonsAnswers_areGone() {
        UserId ann = enrolled();
        Attempt attempt = newAttempt();
        mark(ann, MORNING, attempt);

        people().erase(ann, MORNING, KeptMarks.KEEP, Samples.CALLER);

        assertThat(answers().find(attempt.key(), MORNING)).isEmpty();
    }

    private UserId enrolled() {
        UserId userId = newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    private int marksOf(UserId person) {
        return attendance().list(new Query(person, null, null, 0, 100)).size();
    }

    private Marking mark(UserId person, Instant at, Attempt attempt) {
        return attendance().mark(Samples.request(match(person), at, attempt), TWO_A_DAY);
    }

    private static MarkDecision.Marked decided(Marking marking) {
        return (MarkDecision.Marked) ((Marking.Decided) marking).decision();
    }
}
