package dev.rollcall.pins;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.PinStore.Attempt;
import dev.rollcall.pins.PinStore.Attempted;
import dev.rollcall.pins.PinStore.Known;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of PINs: set, draw, remove and check. Nothing tells whether a person exists or has a PIN: attempts are counted for every
 * user id, refusals are the same, and a check takes the time of one hash in any case. Hashes are computed one at a time, so that they take
 * half of a small server at the most, and never while the database is asked; the attempt of who waits too long is taken back. Safe for use
 * by several threads.
 */
public final class Pins {

    /**
     * After five wrong attempts with a user id, a PIN of six digits would be guessed in six years of trying without pause, one of four in
     * three weeks, of which the audit log has an entry every quarter of an hour. A kiosk where 20 people mistype within a
     * quarter of an hour would lock out its others.
     */
    static final PinStore.Limits LIMITS = new PinStore.Limits(Duration.ofMinutes(15), 5, 20);

    private static final int LONGEST_WAIT_MS = 2_000;

    /** How long counts are kept that are over. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final PinStore store;
    private final Clock clock;
    private final Semaphore hashing;

    public Pins(PinStore store, Clock clock) {
        this(store, clock, new Semaphore(1, true));
    }

    /**
     * Creates them with other permits.
     *
     * @param hashing one permit for each hash that may be computed at once
     */
    Pins(PinStore store, Clock clock, Semaphore hashing) {
        this.store = store;
        this.clock = clock;
        this.hashing = hashing;
    }

    /** The result of setting a PIN. */
    public sealed interface Setting {

        /**
         * It is set.
         *
         * @param drawn the PIN, if the service drew it; null if the caller said it
         */
        record Done(Instant at, @Nullable Pin drawn) implements Setting {}

        record Refused(Refusal refusal) implements Setting {}
    }

    /** The result of checking a PIN. */
    public sealed interface Checked {

        /** It is the person's, who may be marked at the site. */
        record Right(String name) implements Checked {}

        record Refused(Refusal refusal) implements Checked {}
    }

    /**
     * Sets a PIN.
     *
     * @param pin null for one that the service draws
     */
    public Setting set(UserId userId, @Nullable Pin pin, Caller caller) {
        Optional<Pin.Weakness> weakness = pin == null ? Optional.empty() : pin.weakness(userId);
        if (weakness.isPresent()) {
            return new Setting.Refused(tooWeak(weakness.get()));
        }
        Pin set = pin == null ? Pin.random(userId) : pin;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!begins()) {
            return new Setting.Refused(overloaded());
        }
        String hash;
        try {
            hash = PinHash.of(set).text();
        } finally {
            hashing.release();
        }
        return store.set(userId, hash, now, caller)
                ? new Setting.Done(now, pin == null ? set : null)
                : new Setting.Refused(PeopleRefusals.notEnrolled());
    }

    /** Removes a person's PIN; false if there is no such person. */
    public boolean remove(UserId userId, Caller caller) {
        return store.set(userId, null, clock.instant(), caller);
    }

    /** When a person's PIN was set and the badge issued; empty if there is no such person. */
    public Optional<PinStore.Credentials> find(UserId userId) {
        return store.find(userId);
    }

    /**
     * Checks a PIN. The attempt is counted before anything is computed, so that concurrent attempts can't exceed the limits; it is taken
     * back if nothing is computed.
     *
     * @param site of the device
     */
    public Checked check(UserId userId, Pin pin, String site, Caller caller) {
        Attempted attempted = new Attempted(userId, caller.keyId(), site, clock.instant());
        Attempt attempt = store.count(attempted, LIMITS);
        return attempt instanceof Attempt.Locked locked
                ? new Checked.Refused(locked(attempted.at(), locked.until()))
                : checked(attempted, pin, ((Attempt.Counted) attempt).known(), caller);
    }

    private Checked checked(Attempted attempted, Pin pin, @Nullable Known known, Caller caller) {
        PinHash hash = known == null
                ? PinHash.OF_NO_PIN
                : PinHash.parse(known.hash())
                        .orElseThrow(() -> new IllegalStateException("the store has a hash of another form"));
        if (!begins()) {
            store.end(attempted, true, LIMITS, caller);
            return new Checked.Refused(overloaded());
        }
        boolean isRight;
        try {
            isRight = hash.isOf(pin) && known != null;
        } finally {
            hashing.release();
        }
        store.end(attempted, isRight, LIMITS, caller);
        return isRight && known != null
                ? new Checked.Right(known.name())
                : new Checked.Refused(
                        invalid().withAuditFacts(Map.of("reason", known == null ? "no_pin_here" : "wrong_pin")));
    }

    private boolean begins() {
        try {
            return hashing.tryAcquire(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Removes counts of attempts that are over. */
    public void sweep() {
        store.sweep(clock.instant().minus(LIMITS.window()).minus(KEPT));
    }

    /** The number or the PIN is wrong: the same for each, so that nothing can be learned about people. */
    public static Refusal invalid() {
        return new Refusal(Code.PIN_INVALID, "Number or PIN is wrong.");
    }

    private static Refusal locked(Instant now, Instant until) {
        return new Refusal(
                Code.RATE_LIMITED,
                "Too many wrong PINs were tried. Wait and try again.",
                Map.of(
                        "retry_after_s",
                        Math.max(1, Duration.between(now, until).plusMillis(999).toSeconds())));
    }

    private static Refusal tooWeak(Pin.Weakness weakness) {
        String why =
                switch (weakness) {
                    case REPEATED -> "its digits repeat";
                    case IN_ORDER -> "its digits follow one another";
                    case IN_USER_ID -> "it is part of the user_id";
                };
        return new Refusal(
                Code.PIN_TOO_WEAK, "This PIN is easily guessed: " + why + ".", Map.of("reason", weakness.name()));
    }

    private static Refusal overloaded() {
        return new Refusal(Code.OVERLOADED, "Too many PINs are being checked. Try again in a moment.");
    }
}
