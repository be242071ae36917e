package dev.rollcall.pins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PinsTest {

    private static final UserId ANN = new UserId("ann");
    private static final Pin PIN = new Pin("730518");
    private static final Caller KIOSK = new Caller("key", null, null);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC);

    @Test
    void databaseCalls_holdNoPermitOfHashes() {
        Semaphore hashing = new Semaphore(1);
        RecordingStore store = new RecordingStore(hashing);

        assertThat(new Pins(store, CLOCK, hashing).check(ANN, PIN, "default", KIOSK))
                .isEqualTo(new Pins.Checked.Right("Ann"));
        assertThat(store.calls).containsExactly("count, 1 free", "end true, 1 free");
        assertThat(hashing.availablePermits()).isEqualTo(1);
    }

    @Test
    void checkThatWaitsTooLong_isRefusedAndItsAttemptTakenBack() {
        Semaphore busy = new BusySemaphore();
        RecordingStore store = new RecordingStore(busy);

        Pins.Checked checked = new Pins(store, CLOCK, busy).check(ANN, new Pin("730519"), "default", KIOSK);

        assertThat(((Pins.Checked.Refused) checked).refusal().code()).isEqualTo(Code.OVERLOADED);
        assertThat(store.calls).containsExactly("count, 0 free", "end true, 0 free");
        assertThat(busy.availablePermits()).isZero();
    }

    /** Others hold its permit for longer than anybody waits. */
    private static final class BusySemaphore extends Semaphore {

        private static final long serialVersionUID = 1;

        BusySemaphore() {
            super(0);
        }

        @Override
        public boolean tryAcquire(long timeout, TimeUnit unit) {
            return false;
        }
    }

    /** Knows Ann's PIN, and notes how many hashes could begin during each call. */
    private static final class RecordingStore implements PinStore {

        private final String hash = PinHash.of(PIN).text();
        private final List<String> calls = new ArrayList<>();
        private final Semaphore hashing;

        RecordingStore(Semaphore hashing) {
            this.hashing = hashing;
        }

        @Override
        public Attempt count(Attempted attempted, Limits limits) {
            calls.add("count, " + hashing.availablePermits() + " free");
            return new Attempt.Counted(new Known("Ann", hash));
        }

        @Override
        public void end(Attempted attempted, boolean isTakenBack, Limits limits, Caller caller) {
            calls.add("end " + isTakenBack + ", " + hashing.availablePermits() + " free");
        }

        @Override
        public boolean set(UserId userId, @Nullable String hash, Instant at, Caller caller) {
            throw new UnsupportedOperationException("not called here");
        }

        @Override
        public Optional<Credentials> find(UserId userId) {
            throw new UnsupportedOperationException("not called here");
        }

        @Override
        public void sweep(Instant before) {
            throw new UnsupportedOperationException("not called here");
        }
    }
}
