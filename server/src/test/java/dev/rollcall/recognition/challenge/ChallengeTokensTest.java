package dev.rollcall.recognition.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.ChallengeToken;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.challenge.ChallengeStore.Device;
import dev.rollcall.recognition.challenge.Challenges.Result;
import dev.rollcall.recognition.challenge.Progress.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengeTokensTest extends ChallengeFixture {

    private static final Embedding PERSON = Actor.embedding(0, 5);
    private static final Embedding SOMEBODY_ELSE = Actor.embedding(1, 5);

    @Test
    void passedChallenge_givesATokenThatCountsOnce() {
        Result.State passed = passed();

        assertThat(passed.hint()).isEqualTo(Hint.DONE);
        assertThat(passed.progress().share()).isEqualTo(1);
        assertThat(use(passed, DEVICE, PERSON)).isEmpty();
        assertThat(use(passed, DEVICE, PERSON)).contains(Code.CHALLENGE_EXPIRED);
        assertThat(log).isEmpty();
    }

    @Test
    void passedChallenge_takesNoFurtherFrame() {
        Result.State passed = passed();

        assertThat(refused(send(passed, noFace())).code()).isEqualTo(Code.CHALLENGE_EXPIRED);
    }

    @Test
    void ofTwoFramesThatPassAtOnce_oneGetsAToken() {
        Result.State state = opened();
        Result slower = state;
        while (state.token() == null) {
            Result.State before = state;
            byte[] frame = next(before);
            AtomicReference<Result> faster = new AtomicReference<>(before);
            if (before.progress().place().phase() == Phase.RETURN) {
                frames.meanwhile(() -> faster.set(sendAtOnce(before, frame)));
                slower = send(before, frame);
            } else {
                faster.set(send(before, frame));
            }
            state = state(Objects.requireNonNull(faster.get()));
        }

        assertThat(refused(slower).code()).isEqualTo(Code.CHALLENGE_EXPIRED);
        assertThat(use(state, DEVICE, PERSON)).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void token_countsForItsDeviceAlone() {
        Result.State passed = passed();

        assertThat(use(passed, new Device("hash-of-another", SITE), PERSON)).contains(Code.CHALLENGE_EXPIRED);
        assertThat(use(passed, new Device(DEVICE.keyHash(), "elsewhere"), PERSON))
                .contains(Code.CHALLENGE_EXPIRED);
        assertThat(use(passed, DEVICE, PERSON)).isEmpty();
    }

    @Test
    void anotherFaceThanTheChallenges_isRefused_andUsesTheTokenUp() {
        Result.State passed = passed();

        Refusal refusal = challenges
                .use(token(passed, DEVICE), SITE, Optional.empty(), List.of(PERSON, SOMEBODY_ELSE))
                .orElseThrow();

        assertThat(refusal.code()).isEqualTo(Code.CHALLENGE_FAILED);
        assertThat(refusal.facts()).isEqualTo(Map.of("reason", "DIFFERENT_FACE"));
        assertThat(use(passed, DEVICE, PERSON)).contains(Code.CHALLENGE_EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"58, true", "64, false"})
    void faceOfTheMarkingCall_mayDifferFromTheStraightOne_asImagesOfOneRequestMay(int degrees, boolean counts) {
        Optional<Code> refusal = use(passed(), DEVICE, Actor.embedding(0, degrees));

        assertThat(refusal).isEqualTo(counts ? Optional.empty() : Optional.of(Code.CHALLENGE_FAILED));
    }

    @Test
    void token_countsAgainForARepetitionOfItsRequest() {
        ChallengeToken token = token(passed(), DEVICE);
        Optional<Attempt> attempt = Optional.of(new Attempt("a".repeat(64), "b".repeat(64)));
        Optional<Attempt> other = Optional.of(new Attempt("c".repeat(64), "b".repeat(64)));

        assertThat(use(token, SITE, attempt, PERSON)).isEmpty();

        assertThat(use(token, SITE, attempt, PERSON)).isEmpty();
        assertThat(use(token, SITE, other, PERSON)).contains(Code.CHALLENGE_EXPIRED);
        assertThat(use(token, SITE, Optional.empty(), PERSON)).contains(Code.CHALLENGE_EXPIRED);
    }

    @Test
    void token_countsForAMinute() {
        Result.State early = passed();
        clock.pass(Duration.ofMinutes(1).minusMillis(INTERVAL_MS + 1));
        assertThat(use(early, DEVICE, PERSON)).isEmpty();

        Result.State late = passed();
        clock.pass(Duration.ofMinutes(1).minusMillis(INTERVAL_MS));
        assertThat(clock.instant()).isEqualTo(late.expiresAt());
        assertThat(use(late, DEVICE, PERSON)).contains(Code.CHALLENGE_EXPIRED);
    }

    private Optional<Code> use(Result.State passed, Device device, Embedding face) {
        return use(token(passed, device), device.site(), Optional.empty(), face);
    }

    private Optional<Code> use(ChallengeToken token, String site, Optional<Attempt> attempt, Embedding face) {
        return challenges.use(token, site, attempt, List.of(face)).map(Refusal::code);
    }

    private static ChallengeToken token(Result.State passed, Device device) {
        return new ChallengeToken(Objects.requireNonNull(passed.token()), device.keyHash());
    }
}
