package dev.rollcall.recognition.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Box;
import dev.rollcall.recognition.challenge.Progress.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChallengeRulesTest {

    private static final List<Turn> TURNS = List.of(Turn.values());
    private static final int INTERVAL_MS = 125;
    private static final Box BOX = new Box(100, 100, 220, 260);
    private static final List<Step> LEFT = List.of(new Step(Turn.LEFT, Duration.ofMillis(600)));

    private Progress progress = Progress.begun(LEFT, Actor.START);
    private int millis;

    @Property(tries = 200)
    void personWhoTurnsAsAsked_passes(@ForAll long seed, @ForAll @IntRange(min = 80, max = 200) int intervalMs) {
        assertThat(new Actor(seed, intervalMs).play(Course.random(new Random(seed))))
                .matches(Actor::passed);
    }

    @Property(tries = 200)
    void anotherTurnThanAsked_neverPasses(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int shift) {
        Actor actor = new Actor(seed, INTERVAL_MS);
        actor.answer = turn -> TURNS.get((TURNS.indexOf(turn) + shift) % TURNS.size());

        assertThat(actor.play(Course.random(new Random(seed))))
                .isEqualTo(new Verdict.Failed(Failure.WRONG_DIRECTION, 0));
    }

    @Property(tries = 100)
    void twoFaces_neverPass(@ForAll long seed, @ForAll @IntRange(min = 600, max = 3000) int otherFromMs) {
        Actor actor = new Actor(seed, INTERVAL_MS);
        actor.face = at -> at.isBefore(Actor.START.plusMillis(otherFromMs)) ? 0 : 1;

        assertThat(actor.play(Course.random(new Random(seed))))
                .isInstanceOfSatisfying(Verdict.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Failure.DIFFERENT_FACE));
    }

    @Property(tries = 200)
    void stillPicture_neverPasses(@ForAll long seed) {
        Random random = new Random(seed);
        Progress still = Progress.begun(Course.random(random), Actor.START);
        for (int i = 0; i < 160; i++) {
            Sighting frame = new Sighting(
                    Actor.START.plusMillis((long) i * INTERVAL_MS),
                    new Gaze(random.nextFloat(-10, 10), random.nextFloat(-7, 7)),
                    BOX,
                    Actor.embedding(0, random.nextDouble(20)),
                    true);
            Verdict verdict = ChallengeRules.next(still, frame);
            if (verdict instanceof Verdict.Failed) {
                return;
            }
            still = ((Verdict.Going) verdict).progress();
        }
        assertThat(still.place().phase()).isIn(Phase.STRAIGHT, Phase.TURN);
        assertThat(still.place().step()).isZero();
    }

    @Test
    void faceThatDoesntLookAlive_fails() {
        Actor actor = new Actor(1, INTERVAL_MS);
        actor.alive = false;

        assertThat(actor.play(LEFT)).isEqualTo(new Verdict.Failed(Failure.NOT_ALIVE, 0));
    }

    @Test
    void picturesOfSeveralPoses_areNoTurn() {
        straight();

        assertThat(after(500, 35)).isEqualTo(Hint.MORE_SLOWLY);
        assertThat(after(200, 0)).isEqualTo(Hint.TURN);
        assertThat(after(200, 36)).isEqualTo(Hint.MORE_SLOWLY);
        assertThat(progress.place().phase()).isEqualTo(Phase.TURN);
    }

    @Test
    void turnBeforeAPersonCanReact_fails() {
        straight();
        after(100, 15);

        assertThat(next(100, 30)).isEqualTo(new Verdict.Failed(Failure.TOO_EARLY, 0));
    }

    @Test
    void turnThatIsNotHeld_isMadeAgain() {
        held();
        assertThat(after(200, 10)).isEqualTo(Hint.TURN);
        assertThat(after(200, 30)).isEqualTo(Hint.HOLD);
        after(400, 31);
        assertThat(progress.place().phase()).isEqualTo(Phase.HOLD);
        assertThat(after(300, 32)).isEqualTo(Hint.LOOK_STRAIGHT);
        assertThat(after(300, 1)).isEqualTo(Hint.DONE);
        assertThat(progress.share()).isEqualTo(1);
    }

    @Test
    void headThatStaysTurned_isTooSlow() {
        held();
        for (int i = 0; i < 3; i++) {
            after(1000, 31 + i);
        }

        assertThat(progress.place().phase()).isEqualTo(Phase.RETURN);
        assertThat(next(1000, 31)).isEqualTo(new Verdict.Failed(Failure.TOO_SLOW, 0));
    }

    @Test
    void gapBetweenFrames_failsAfterTheBeginningOnly() {
        after(0, 0);
        after(5000, 1);
        assertThat(progress.place().phase()).isEqualTo(Phase.STRAIGHT);
        after(500, 2);
        assertThat(progress.place().phase()).isEqualTo(Phase.TURN);

        assertThat(next(1501, 3)).isEqualTo(new Verdict.Failed(Failure.INTERRUPTED, 0));
    }

    @Test
    void faceThatJumps_fails() {
        straight();
        Sighting elsewhere = new Sighting(
                Actor.START.plusMillis(millis + 200L),
                new Gaze(0, 0),
                new Box(300, 100, 420, 260),
                Actor.embedding(0, 1),
                true);

        assertThat(ChallengeRules.next(progress, elsewhere)).isEqualTo(new Verdict.Failed(Failure.FACE_JUMPED, 0));
    }

    @Test
    void sameFrameAgain_changesNothing() {
        straight();
        Progress before = progress;

        assertThat(after(200, (float) lastYaw)).isEqualTo(Hint.SAME_FRAME);
        assertThat(progress).isEqualTo(before);
    }

    @Test
    void left_isThePersonsOwn() {
        assertThat(Turn.strongest(new Gaze(30, 0))).isEqualTo(Turn.LEFT);
        assertThat(Turn.strongest(new Gaze(-30, 5))).isEqualTo(Turn.RIGHT);
        assertThat(Turn.strongest(new Gaze(5, 20))).isEqualTo(Turn.UP);
        assertThat(Turn.strongest(new Gaze(5, -20))).isEqualTo(Turn.DOWN);
    }

    private double lastYaw;

    private void straight() {
        after(0, 0);
        after(450, 1);
        assertThat(progress.place().phase()).isEqualTo(Phase.TURN);
    }

    private void held() {
        straight();
        after(300, 12);
        assertThat(after(200, 30)).isEqualTo(Hint.HOLD);
    }

    private Hint after(int moreMillis, float yaw) {
        Verdict.Going going = (Verdict.Going) next(moreMillis, yaw);
        progress = going.progress();
        return going.hint();
    }

    private Verdict next(int moreMillis, float yaw) {
        millis += moreMillis;
        lastYaw = yaw;
        Instant at = Actor.START.plusMillis(millis);
        return ChallengeRules.next(progress, new Sighting(at, new Gaze(yaw, 0), BOX, Actor.embedding(0, yaw), true));
    }
}
