package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Embedding;
import dev.rollcall.recognition.challenge.ChallengeStore;
import dev.rollcall.recognition.challenge.ChallengeStore.Device;
import dev.rollcall.recognition.challenge.ChallengeStore.Limits;
import dev.rollcall.recognition.challenge.ChallengeStore.NewChallenge;
import dev.rollcall.recognition.challenge.ChallengeStore.Open;
import dev.rollcall.recognition.challenge.ChallengeStore.Opening;
import dev.rollcall.recognition.challenge.Gaze;
import dev.rollcall.recognition.challenge.Progress;
import dev.rollcall.recognition.challenge.Progress.Phase;
import dev.rollcall.recognition.challenge.Progress.Place;
import dev.rollcall.recognition.challenge.Progress.Seen;
import dev.rollcall.recognition.challenge.Progress.Straight;
import dev.rollcall.recognition.challenge.Sighting;
import dev.rollcall.recognition.challenge.Step;
import dev.rollcall.recognition.challenge.Tally;
import dev.rollcall.recognition.challenge.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of challenges must do. */
interface ChallengeStoreContract {

    Limits ENOUGH = new Limits(10, 100_000);
    Instant END = MORNING.plusSeconds(20);

    ChallengeStore challenges();

    @Test
    default void progress_isReadAsItWasKept() {
        NewChallenge made = opened(newDevice(), ENOUGH);
        assertThat(counted(made).progress()).isEqualTo(made.progress());
        Sighting last = new Sighting(
                MORNING.plusMillis(1234), new Gaze(-3.25f, 7.5f), new Box(1.5f, 2, 30, 40.25f), embedding(3), true);
        Progress further = new Progress(
                made.progress().steps(),
                new Place(1, Phase.HOLD, MORNING, MORNING.plusSeconds(2), true),
                new Seen(new Straight(new Gaze(1, 2), embedding(2)), last, new Tally(5, 4), new Tally(3, 1)));

        assertThat(challenges().advance(counted(made), further)).isTrue();

        Open read = counted(made);
        assertThat(read.frames()).isEqualTo(3);
        assertThat(read.expiresAt()).isEqualTo(END);
        assertThat(read.progress().place()).isEqualTo(further.place());
        assertThat(read.progress().seen()).isEqualTo(further.seen());
    }

    @Test
    default void frameThatIsSlowerThanAnother_canOnlyFail() {
        NewChallenge made = opened(newDevice(), ENOUGH);
        Open one = counted(made);
        Open other = counted(made);

        assertThat(challenges().advance(other, made.progress())).isTrue();

        assertThat(challenges().advance(one, made.progress())).isFalse();
        assertThat(challenges().pass(one, embedding(1), hash(), END)).isFalse();
        assertThat(challenges().fail(one)).isTrue();
        assertThat(challenges().fail(other)).isFalse();
    }

    @Test
    default void challenge_isItsDevicesAlone_untilItExpires() {
        Device device = newDevice();
        NewChallenge made = opened(device, ENOUGH);

        assertThat(challenges().count(made.id(), newDevice(), MORNING)).isEmpty();
        assertThat(challenges().count(made.id(), new Device(device.keyHash(), "elsewhere"), MORNING))
                .isEmpty();
        assertThat(challenges().count(id(), device, MORNING)).isEmpty();
        assertThat(challenges().count(made.id(), device, END.minusMillis(1))).isPresent();
        assertThat(challenges().count(made.id(), device, END)).isEmpty();
    }

    @Test
    default void failedChallenge_isOver_andCountsAgainstTheLimit() {
        Device device = newDevice();
        NewChallenge made = opened(device, ENOUGH);
        assertThat(challenges().fail(counted(made))).isTrue();

        assertThat(challenges().count(made.id(), device, MORNING)).isEmpty();
        assertThat(challenges().open(challenge(device, MORNING), new Limits(1, 100_000)))
                .isEqualTo(new Opening.TooMany(END));
        assertThat(challenges().open(challenge(newDevice(), MORNING), new Limits(1, 1)))
                .isInstanceOf(Opening.TooMany.class);
        assertThat(challenges().open(challenge(device, END), new Limits(1, 100_000)))
                .isEqualTo(new Opening.Opened());
    }

    @Test
    default void token_givesTheFaceOnce_toItsDeviceAlone() {
        Device device = newDevice();
        NewChallenge made = opened(device, ENOUGH);
        String token = hash();
        Embedding face = embedding(7);
        assertThat(challenges().pass(counted(made), face, token, END.plusSeconds(60)))
                .isTrue();

        assertThat(challenges().count(made.id(), device, MORNING)).isEmpty();
        assertThat(challenges().use(token, newDevice(), null, END)).isEmpty();
        assertThat(challenges().use(token, new Device(device.keyHash(), "elsewhere"), null, END))
                .isEmpty();
        assertThat(challenges().use(token, device, null, END.plusSeconds(60))).isEmpty();
        assertThat(challenges().use(token, device, null, END)).contains(face);
        assertThat(challenges().use(token, device, null, END)).isEmpty();
    }

    @Test
    default void usedToken_servesRepetitionsOfTheSameRequest_andLimitsNothing() {
        Device device = newDevice();
        String token = hash();
        String attempt = hash();
        Embedding face = embedding(7);
        challenges().pass(counted(opened(device, ENOUGH)), face, token, END.plusSeconds(60));

        assertThat(challenges().use(token, device, attempt, END)).contains(face);

        assertThat(challenges().use(token, device, attempt, END)).contains(face);
        assertThat(challenges().use(token, device, hash(), END)).isEmpty();
        assertThat(challenges().use(token, device, null, END)).isEmpty();
        assertThat(challenges().use(token, device, attempt, END.plusSeconds(60)))
                .isEmpty();
        assertThat(challenges().open(challenge(device, END), new Limits(1, 100_000)))
                .isEqualTo(new Opening.Opened());
    }

    @Test
    default void sweep_removesWhatHasExpired() {
        Device device = newDevice();
        NewChallenge made = opened(device, ENOUGH);

        challenges().sweep(END.minusMillis(1));
        assertThat(challenges().count(made.id(), device, MORNING)).isPresent();
        challenges().sweep(END);
        assertThat(challenges().count(made.id(), device, MORNING)).isEmpty();
    }

    private Open counted(NewChallenge made) {
        return challenges().count(made.id(), made.device(), MORNING).orElseThrow();
    }

    private NewChallenge opened(Device device, Limits limits) {
        NewChallenge challenge = challenge(device, MORNING);
        assertThat(challenges().open(challenge, limits)).isEqualTo(new Opening.Opened());
        return challenge;
    }

    private static NewChallenge challenge(Device device, Instant at) {
        List<Step> steps =
                List.of(new Step(Turn.LEFT, Duration.ofMillis(700)), new Step(Turn.UP, Duration.ofMillis(1500)));
        return new NewChallenge(id(), device, Progress.begun(steps, at), at, at.plusSeconds(20));
    }

    private static Device newDevice() {
        return new Device(hash(), "default");
    }

    /** An embedding as it is after it was stored. */
    private static Embedding embedding(int seed) {
        return Embedding.fromBytes(Samples.embedding(seed).toBytes());
    }

    private static String id() {
        return hash().substring(0, 43);
    }
}
