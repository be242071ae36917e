package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.IdentifyPerson.Request;
import dev.rollcall.recognition.IdentifyPerson.Result;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What identification writes, keeps and notes. */
class IdentifiedMarksTest extends IdentificationFixture {

    @Test
    void markIsWrittenIfAsked() {
        Result result = identify(MARK, face(0.2, 0.7));

        assertThat(((Result.Identified) result).marked())
                .hasValueSatisfying(
                        marked -> assertThat(marked.remainingToday()).isEqualTo(8));
        assertThat(site.stores.markRequests()).singleElement().satisfies(request -> {
            assertThat(request.userId()).isEqualTo(ANNA);
            assertThat(request.origin().site()).isEqualTo(RecognitionSite.SITE);
            assertThat(request.direction()).isNull();
        });
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
    }

    @Test
    void directionIsTheOneThatWasAskedFor() {
        identify(
                new Request(RecognitionSite.SITE, true, MarkDetails.of(Direction.OUT), Optional.empty()),
                face(0.7, 0.2));

        assertThat(site.stores.markRequests()).singleElement().satisfies(request -> assertThat(request.direction())
                .isEqualTo(Direction.OUT));
    }

    @Test
    void rulesThatRefuse_areNotedForThePerson() {
        site.stores.decide(new MarkDecision.DailyLimitReached(9, List.of()));

        assertThat(refusal(identify(MARK, face(0.9, 0))).code()).isEqualTo(Code.DAILY_LIMIT_REACHED);
        assertThat(site.stores.notes()).singleElement().satisfies(note -> assertThat(note.userId())
                .isEqualTo(RecognitionSite.MANUEL));
        assertThat(match(identify(ASK, face(0.9, 0))).userId()).isEqualTo(RecognitionSite.MANUEL);
    }

    @Test
    void personWithTooManyFailedAttempts_isNotMarked() {
        site.left(0);

        assertThat(refusal(identify(MARK, face(0.9, 0))).code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(site.stores.marks()).isZero();
        assertThat(site.left()).isZero();
    }

    @Test
    void tooManyAttempts_areNotKeptUnderTheKey() {
        Request once = new Request(RecognitionSite.SITE, true, MarkDetails.NONE, Optional.of(ATTEMPT));
        site.left(0);
        assertThat(refusal(identify(once, face(0.9, 0))).code()).isEqualTo(Code.RATE_LIMITED);

        site.left(5);
        assertThat(identify(once, face(0.9, 0))).isInstanceOf(Result.Identified.class);
    }

    @Test
    void repeatedRequest_hasTheFirstResultAndIsMarkedOnce() {
        Request once = new Request(RecognitionSite.SITE, true, MarkDetails.NONE, Optional.of(ATTEMPT));

        Result first = identify(once, face(0.7, 0.2));
        site.people.erase(RecognitionSite.MANUEL, RecognitionSite.MODEL);

        assertThat(identify(once, face(0.7, 0.2))).isEqualTo(first);
        assertThat(site.stores.marks()).isEqualTo(1);
    }

    @Test
    void repeatedRefusal_isKeptAndNotedOnce() {
        Request once = new Request(RecognitionSite.SITE, true, MarkDetails.NONE, Optional.of(ATTEMPT));

        assertThat(refusal(identify(once, face(0.1, 0.2))).code()).isEqualTo(Code.NOT_RECOGNIZED);
        assertThat(refusal(identify(once, face(0.1, 0.2))).code()).isEqualTo(Code.NOT_RECOGNIZED);

        assertThat(site.stores.noted()).containsExactly("NOT_RECOGNIZED");
        assertThat(site.analyses.begun()).hasSize(1);
    }

    @Test
    void anotherRequestUnderTheSameKey_isRefused() {
        identify(new Request(RecognitionSite.SITE, true, MarkDetails.NONE, Optional.of(ATTEMPT)), face(0.7, 0.2));
        Attempt other = new Attempt(ATTEMPT.key(), "c".repeat(64));

        Result result =
                identify(new Request(RecognitionSite.SITE, true, MarkDetails.NONE, Optional.of(other)), face(0.2, 0.7));

        assertThat(refusal(result).code()).isEqualTo(Code.IDEMPOTENCY_KEY_REUSED);
        assertThat(site.stores.marks()).isEqualTo(1);
    }

    @Test
    void keyWithoutAMark_keepsNothing() {
        identify(new Request(RecognitionSite.SITE, false, MarkDetails.NONE, Optional.of(ATTEMPT)), face(0.7, 0.2));

        assertThat(site.stores.kept(ATTEMPT.key())).isEmpty();
    }
}
