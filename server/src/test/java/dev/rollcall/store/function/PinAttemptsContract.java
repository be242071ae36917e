package dev.rollcall.store.function;

import static dev.rollcall.store.function.PinFixture.attempted;
import static dev.rollcall.store.function.PinFixture.newKeyId;
import static dev.rollcall.store.function.Samples.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.Pin;
import dev.rollcall.pins.PinStore.Attempt;
import dev.rollcall.pins.PinStore.Attempted;
import dev.rollcall.pins.Pins;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store must do with attempts at PINs: which ones count, for whom, and for how long. */
interface PinAttemptsContract extends PinFixture {

    @Test
    default void wrongAttempts_lockEverybodysIdForTheWindowAfterTheLast() {
        for (UserId userId : List.of(personWithPin(), Samples.newUserId())) {
            Instant now = DeviceFixture.newTime();
            for (int i = 0; i < 3; i++) {
                wrongPin(attempted(userId, now.plusSeconds(60L * i)));
            }

            Instant end = now.plusSeconds(120 + 900);
            assertThat(pins().count(attempted(userId, now.plusSeconds(121)), PIN_LIMITS))
                    .isEqualTo(new Attempt.Locked(end));
            assertThat(pins().count(attempted(userId, end.minusMillis(1)), PIN_LIMITS))
                    .isEqualTo(new Attempt.Locked(end));
            assertThat(pins().count(attempted(userId, end), PIN_LIMITS)).isInstanceOf(Attempt.Counted.class);
            assertThat(pinEntries(userId, "PIN_LOCKED")).singleElement().satisfies(entry -> assertThat(entry.details())
                    .contains("person"));
        }
    }

    @Test
    default void rightAttempts_doNotCount() {
        UserId ann = personWithPin();
        Instant now = DeviceFixture.newTime();
        wrongPin(attempted(ann, now));
        wrongPin(attempted(ann, now));
        for (int i = 0; i < 5; i++) {
            Attempted right = attempted(ann, now);
            assertThat(countedPin(right)).isNotNull();
            pins().end(right, true, PIN_LIMITS, CALLER);
        }

        wrongPin(attempted(ann, now));
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Locked.class);
    }

    @Test
    default void attemptThatIsTakenBack_doesNotLetOlderOnesCountLonger() {
        UserId ann = personWithPin();
        Instant now = DeviceFixture.newTime();
        wrongPin(attempted(ann, now));
        wrongPin(attempted(ann, now));
        Attempted right = attempted(ann, now.plusSeconds(600));
        assertThat(countedPin(right)).isNotNull();
        pins().end(right, true, PIN_LIMITS, CALLER);

        wrongPin(attempted(ann, now.plusSeconds(901)));
        wrongPin(attempted(ann, now.plusSeconds(901)));
        assertThat(pins().count(attempted(ann, now.plusSeconds(901)), PIN_LIMITS))
                .isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void wrongAttemptsWithOneKey_lockItForEverybody() {
        Instant now = DeviceFixture.newTime();
        String key = newKeyId();
        for (int i = 0; i < 8; i++) {
            wrongPin(new Attempted(Samples.newUserId(), key, ApiKey.DEFAULT_SITE, now));
        }
        UserId ann = personWithPin();

        for (int i = 0; i < 5; i++) {
            assertThat(pins().count(new Attempted(ann, key, ApiKey.DEFAULT_SITE, now), PIN_LIMITS))
                    .isEqualTo(new Attempt.Locked(now.plusSeconds(900)));
        }
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Counted.class);
        assertThat(latest("PIN_LOCKED").path("attempts_of").asText()).isEqualTo("key");
    }

    @Test
    default void pinsTriedAtOnce_areNeverMoreThanAllowed() throws Exception {
        UserId ann = personWithPin();
        Instant now = DeviceFixture.newTime();
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Attempt> attempts = new ArrayList<>();
            Callable<Attempt> wrong = () -> {
                Attempted attempted = attempted(ann, now);
                Attempt attempt = pins().count(attempted, PIN_LIMITS);
                if (attempt instanceof Attempt.Counted) {
                    pins().end(attempted, false, PIN_LIMITS, CALLER);
                }
                return attempt;
            };
            for (Future<Attempt> one : threads.invokeAll(Collections.nCopies(24, wrong))) {
                attempts.add(one.get());
            }

            assertThat(attempts.stream().filter(Attempt.Counted.class::isInstance))
                    .hasSize(3);
            assertThat(pinEntries(ann, "PIN_LOCKED")).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void newPin_endsTheLock() {
        UserId ann = personWithPin();
        Instant now = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrongPin(attempted(ann, now));
        }

        pins().set(ann, HASH, now, CALLER);

        assertThat(countedPin(attempted(ann, now))).isNotNull();
    }

    @Test
    default void clockThatWasAhead_locksForAWindowAtMost() {
        UserId ann = personWithPin();
        Instant ahead = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrongPin(attempted(ann, ahead));
        }

        assertThat(pins().count(attempted(ann, ahead.minusSeconds(899)), PIN_LIMITS))
                .isInstanceOf(Attempt.Locked.class);
        assertThat(pins().count(attempted(ann, ahead.minusSeconds(900)), PIN_LIMITS))
                .isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void sweepOfPins_removesOldCountsAlone() {
        UserId ann = personWithPin();
        Instant now = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrongPin(attempted(ann, now));
        }

        pins().sweep(now);
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Locked.class);
        pins().sweep(now.plusMillis(1));
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void wrongPins_areLimitedOverTwoInstancesInTheSameWayForEverybody() {
        Instant now = DeviceFixture.newTime();
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        List<Pins> instances = List.of(new Pins(pins(), clock), new Pins(pins(), clock));
        UserId ann = personWithoutPin();
        Pin pin = Pin.parse("730518").orElseThrow();
        instances.get(0).set(ann, pin, CALLER);
        Caller kiosk = new Caller(newKeyId(), null, null);
        List<List<Refusal>> seen = new ArrayList<>();
        for (UserId userId : List.of(ann, personWithoutPin(), Samples.newUserId())) {
            List<Refusal> refusals = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Pins.Checked checked = instances
                        .get(i % 2)
                        .check(userId, Pin.parse("730519").orElseThrow(), ApiKey.DEFAULT_SITE, kiosk);
                Refusal refusal = ((Pins.Checked.Refused) checked).refusal();
                refusals.add(new Refusal(refusal.code(), refusal.detail(), refusal.facts()));
            }
            seen.add(refusals);
        }

        assertThat(seen).containsOnly(seen.get(0));
        assertThat(seen.get(0).subList(0, 5)).extracting(Refusal::code).containsOnly(Code.PIN_INVALID);
        assertThat(seen.get(0).get(5).facts()).isEqualTo(Map.of("retry_after_s", 900L));
        assertThat(instances.get(1).check(ann, pin, ApiKey.DEFAULT_SITE, kiosk))
                .isInstanceOf(Pins.Checked.Refused.class);
        Pins later = new Pins(pins(), Clock.fixed(now.plusSeconds(900), ZoneOffset.UTC));
        assertThat(later.check(ann, pin, ApiKey.DEFAULT_SITE, kiosk)).isEqualTo(new Pins.Checked.Right("Ann"));
    }
}
