package dev.rollcall.recognition.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.FaceFinding;
import dev.rollcall.recognition.challenge.ChallengeStore.Device;
import dev.rollcall.recognition.challenge.Challenges.Result;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SiteRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengesTest extends ChallengeFixture {

    @Test
    void challenge_isOverAfterTwentySeconds() {
        Result.State begun = opened();
        assertThat(begun.expiresAt()).isEqualTo(clock.instant().plusSeconds(20));

        clock.pass(Duration.ofSeconds(20).minusMillis(1));
        assertThat(state(sendAtOnce(begun, noFace())).hint()).isEqualTo(Hint.NO_FACE);
        clock.pass(Duration.ofMillis(1));
        assertThat(refused(sendAtOnce(begun, noFace())).code()).isEqualTo(Code.CHALLENGE_EXPIRED);
    }

    @Test
    void frameBeyondTheMost_isNotLookedAt_andEndsTheChallenge() {
        Result.State begun = opened();
        for (int i = 0; i < Challenges.MOST_FRAMES; i++) {
            state(sendAtOnce(begun, noFace()));
        }

        assertFailed(sendAtOnce(begun, noFace()), Failure.TOO_MANY_FRAMES);

        assertThat(frames.begun()).hasSize(Challenges.MOST_FRAMES);
        assertThat(refused(sendAtOnce(begun, noFace())).code()).isEqualTo(Code.CHALLENGE_EXPIRED);
    }

    @Test
    void frameThatNobodyHasTimeFor_isRefused_andTheChallengeGoesOn() {
        Result.State before = askedToTurn();

        frames.full = true;
        assertThat(refused(send(before, next(before)))).isEqualTo(FaceFinding.OVERLOADED);
        frames.full = false;
        frames.stopping = true;
        assertThat(refused(send(before, next(before)))).isEqualTo(FaceFinding.OVERLOADED);
        frames.stopping = false;

        assertThat(stored(before)).isEqualTo(before.progress());
        assertThat(frames.closed()).isEqualTo(frames.begun().size());
    }

    @ParameterizedTest
    @CsvSource({"NO_FACE, NO_FACE", "MULTIPLE_FACES, ONE_FACE", "LOW_QUALITY, COME_CLOSER"})
    void frameWithoutOneLargeFace_givesItsHint_andChangesNothing(Reason reason, Hint hint) {
        Result.State before = askedToTurn();

        Result.State after = state(send(before, frames.rejected(reason)));

        assertThat(after.hint()).isEqualTo(hint);
        assertThat(after.face()).isNull();
        assertThat(after.token()).isNull();
        assertThat(after.progress()).isEqualTo(before.progress());
        assertThat(stored(before)).isEqualTo(before.progress());
    }

    @Test
    void bytesThatAreNoPicture_areRefused_andTheChallengeGoesOn() {
        Result.State before = askedToTurn();

        assertThat(refused(send(before, frames.rejected(Reason.INVALID_IMAGE))).code())
                .isEqualTo(Code.INVALID_IMAGE);
        assertThat(stored(before)).isEqualTo(before.progress());
    }

    @Test
    void failure_isLoggedOnce() {
        actor.answer = turn -> turn == Turn.LEFT ? Turn.RIGHT : Turn.LEFT;
        Result.State begun = opened();

        assertFailed(play(begun), Failure.WRONG_DIRECTION);
        assertThat(refused(send(begun, next(begun))).code()).isEqualTo(Code.CHALLENGE_EXPIRED);

        Map<String, Object> details = Map.of("reason", "WRONG_DIRECTION", "step", 0, "code", "CHALLENGE_FAILED");
        assertThat(log)
                .singleElement()
                .extracting(
                        AuditLog.Event::action, AuditLog.Event::userId, AuditLog.Event::caller, AuditLog.Event::details)
                .containsExactly("CHALLENGE_FAILED", null, CALLER, details);
    }

    @Test
    void frameThatIsSlowerThanAnother_isNotCounted() {
        Result.State before = askedToTurn();
        byte[] slow = next(before);
        byte[] fast = next(before);
        AtomicReference<@Nullable Result> faster = new AtomicReference<>();
        frames.meanwhile(() -> faster.set(send(before, fast)));

        Result.State slower = state(send(before, slow));

        assertThat(slower.hint()).isEqualTo(Hint.SAME_FRAME);
        assertThat(slower.progress()).isEqualTo(before.progress());
        Result.State kept = state(Objects.requireNonNull(faster.get()));
        assertThat(kept.hint()).isEqualTo(Hint.TURN);
        assertThat(kept.progress()).isNotEqualTo(before.progress());
        assertThat(stored(before)).isEqualTo(kept.progress());
    }

    @Test
    void frameThatFails_endsTheChallengeAlsoIfAnotherWasFaster() {
        Result.State before = askedToTurn();
        byte[] fast = next(before);
        frames.meanwhile(() -> state(send(before, fast)));

        assertFailed(send(before, nextOfSomebodyElse(before)), Failure.DIFFERENT_FACE);

        assertThat(log).hasSize(1);
        assertThat(refused(send(before, next(before))).code()).isEqualTo(Code.CHALLENGE_EXPIRED);
    }

    @Test
    void ofTwoFramesThatFailAtOnce_oneIsLogged() {
        Result.State before = askedToTurn();
        byte[] fast = nextOfSomebodyElse(before);
        frames.meanwhile(() -> assertFailed(send(before, fast), Failure.DIFFERENT_FACE));

        assertThat(refused(send(before, nextOfSomebodyElse(before))).code()).isEqualTo(Code.CHALLENGE_EXPIRED);
        assertThat(log).hasSize(1);
    }

    @Test
    void thirtyFirstChallengeOfAKey_waitsForTheFirstToExpire() {
        for (int i = 0; i < 30; i++) {
            opened();
            clock.pass(Duration.ofMillis(100));
        }
        clock.pass(Duration.ofMillis(500));

        Refusal refusal = refused(challenges.open(DEVICE));

        assertThat(refusal.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(refusal.facts()).isEqualTo(Map.of("retry_after_s", 17L));
        assertThat(challenges.open(new Device("hash-of-another", SITE))).isInstanceOf(Result.State.class);
        clock.pass(Duration.ofSeconds(17));
        opened();
    }

    @Test
    void whatIsNoId_isRefusedWithoutAskingTheStore() {
        for (String none : List.of("%00", "", "a".repeat(42), "a".repeat(44), "a".repeat(42) + "\0")) {
            assertThat(refused(challenges.frame(none, noFace(), DEVICE, CALLER)).code())
                    .as(none)
                    .isEqualTo(Code.CHALLENGE_EXPIRED);
        }
        assertThat(store.asked()).isZero();
    }

    @Test
    void inactiveSite_opensNone() {
        sites.put(new Site(SITE, "Gate", false, SiteRules.OF_THE_SETTINGS, Actor.START, Actor.START));

        assertThat(refused(challenges.open(DEVICE)).code()).isEqualTo(Code.SITE_NOT_FOUND);
    }

    @Test
    void qualityAndLivenessOfAFrame_decideNothing() {
        SiteRules enforced = new SiteRules(null, null, null, null, null, LivenessMode.ENFORCE, null, null, null, null);
        sites.put(new Site(SITE, "Gate", true, enforced, Actor.START, Actor.START));

        askedToTurn();

        assertThat(frames.begun()).isNotEmpty().allSatisfy(rules -> assertThat(rules)
                .isEqualTo(new AnalysisRules(
                        QualityLevel.OFF,
                        AnalysisRules.DEFAULT_MIN_FACE_PIXELS,
                        OtherFaces.REFUSED,
                        AnalysisRules.LivenessMode.MONITOR,
                        AnalysisRules.DEFAULT_LIVENESS_THRESHOLD)));
    }

    private byte[] nextOfSomebodyElse(Result.State state) {
        Actor other = new Actor(8, INTERVAL_MS);
        other.face = at -> 1;
        return frames.showing(other.frame(state.progress(), clock.instant()));
    }
}
