package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.Pin;
import dev.rollcall.pins.PinStore;
import dev.rollcall.pins.PinStore.Attempt;
import dev.rollcall.pins.PinStore.Attempted;
import dev.rollcall.pins.PinStore.Credentials;
import dev.rollcall.pins.PinStore.Known;
import dev.rollcall.pins.PinStore.Limits;
import dev.rollcall.pins.Pins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of PINs must do. */
interface PinStoreContract extends DeviceFixture {

    Limits PIN_LIMITS = new Limits(Duration.ofMinutes(15), 3, 8);
    String HASH = "pbkdf2-sha256:150000:" + "0a".repeat(16) + ":" + "0b".repeat(32);

    PeopleStore people();

    AttendanceStore attendance();

    default PinStore pins() {
        return new FunctionPinStore(functions());
    }

    @Test
    default void pin_isThereUntilItIsRemoved() {
        UserId ann = newPersonWithoutPin();
        Instant now = DeviceFixture.newTime();
        assertThat(pins().find(ann)).contains(new Credentials(null, null));

        assertThat(pins().set(ann, HASH, now, CALLER)).isTrue();
        assertThat(pins().find(ann)).contains(new Credentials(now, null));
        assertThat(counted(attempted(ann, now))).isEqualTo(new Known("Ann", HASH));

        assertThat(pins().set(ann, null, now, CALLER)).isTrue();
        assertThat(pins().find(ann)).contains(new Credentials(null, null));
        assertThat(counted(attempted(ann, now))).isNull();
        assertThat(entriesOf(ann, "PIN_SET")).hasSize(1);
        assertThat(entriesOf(ann, "PIN_REMOVED")).singleElement().satisfies(entry -> assertThat(entry.details())
                .doesNotContain("pbkdf2"));
    }

    @Test
    default void personWhoIsNotThere_hasNoPinAndGetsNone() {
        UserId nobody = Samples.newUserId();

        assertThat(pins().set(nobody, HASH, Samples.MORNING, CALLER)).isFalse();
        assertThat(pins().find(nobody)).isEmpty();
        assertThat(counted(attempted(nobody, DeviceFixture.newTime()))).isNull();
    }

    @Test
    default void wrongAttempts_lockEverybodysIdForTheWindowAfterTheLast() {
        for (UserId userId : List.of(newPerson(), Samples.newUserId())) {
            Instant now = DeviceFixture.newTime();
            for (int i = 0; i < 3; i++) {
                wrong(attempted(userId, now.plusSeconds(60L * i)));
            }

            Instant end = now.plusSeconds(120 + 900);
            assertThat(pins().count(attempted(userId, now.plusSeconds(121)), PIN_LIMITS))
                    .isEqualTo(new Attempt.Locked(end));
            assertThat(pins().count(attempted(userId, end.minusMillis(1)), PIN_LIMITS))
                    .isEqualTo(new Attempt.Locked(end));
            assertThat(pins().count(attempted(userId, end), PIN_LIMITS)).isInstanceOf(Attempt.Counted.class);
            assertThat(entriesOf(userId, "PIN_LOCKED")).singleElement().satisfies(entry -> assertThat(entry.details())
                    .contains("person"));
        }
    }

    @Test
    default void rightAttempts_doNotCount() {
        UserId ann = newPerson();
        Instant now = DeviceFixture.newTime();
        wrong(attempted(ann, now));
        wrong(attempted(ann, now));
        for (int i = 0; i < 5; i++) {
            Attempted right = attempted(ann, now);
            assertThat(counted(right)).isNotNull();
            pins().end(right, true, PIN_LIMITS, CALLER);
        }

        wrong(attempted(ann, now));
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Locked.class);
    }

    @Test
    default void attemptThatIsTakenBack_doesNotLetOlderOnesCountLonger() {
        UserId ann = newPerson();
        Instant now = DeviceFixture.newTime();
        wrong(attempted(ann, now));
        wrong(attempted(ann, now));
        Attempted right = attempted(ann, now.plusSeconds(600));
        assertThat(counted(right)).isNotNull();
        pins().end(right, true, PIN_LIMITS, CALLER);

        wrong(attempted(ann, now.plusSeconds(901)));
        wrong(attempted(ann, now.plusSeconds(901)));
        assertThat(pins().count(attempted(ann, now.plusSeconds(901)), PIN_LIMITS))
                .isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void wrongAttemptsWithOneKey_lockItForEverybody() {
        Instant now = DeviceFixture.newTime();
        String key = newKeyId();
        for (int i = 0; i < 8; i++) {
            wrong(new Attempted(Samples.newUserId(), key, ApiKey.DEFAULT_SITE, now));
        }
        UserId ann = newPerson();

        for (int i = 0; i < 5; i++) {
            assertThat(pins().count(new Attempted(ann, key, ApiKey.DEFAULT_SITE, now), PIN_LIMITS))
                    .isEqualTo(new Attempt.Locked(now.plusSeconds(900)));
        }
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Counted.class);
        assertThat(latest("PIN_LOCKED").path("attempts_of").asText()).isEqualTo("key");
    }

    @Test
    default void pinsTriedAtOnce_areNeverMoreThanAllowed() throws Exception {
        UserId ann = newPerson();
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
            assertThat(entriesOf(ann, "PIN_LOCKED")).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void newPin_endsTheLock() {
        UserId ann = newPerson();
        Instant now = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrong(attempted(ann, now));
        }

        pins().set(ann, HASH, now, CALLER);

        assertThat(counted(attempted(ann, now))).isNotNull();
    }

    @Test
    default void pinOfSomebodyElsewhereOrInactive_isUnknown() throws Exception {
        UserId ann = newPerson();
        String other = newSite();
        Instant now = DeviceFixture.newTime();

        assertThat(counted(new Attempted(ann, newKeyId(), other, now))).isNotNull();
        new BoundPeople(functions()).bind(ann, other);
        assertThat(counted(attempted(ann, now))).isNull();
        assertThat(counted(new Attempted(ann, newKeyId(), other, now))).isNotNull();
        new BoundPeople(functions()).deactivate(ann);
        assertThat(counted(new Attempted(ann, newKeyId(), other, now.plusSeconds(901))))
                .isNull();
    }

    @Test
    default void clockThatWasAhead_locksForAWindowAtMost() {
        UserId ann = newPerson();
        Instant ahead = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrong(attempted(ann, ahead));
        }

        assertThat(pins().count(attempted(ann, ahead.minusSeconds(899)), PIN_LIMITS))
                .isInstanceOf(Attempt.Locked.class);
        assertThat(pins().count(attempted(ann, ahead.minusSeconds(900)), PIN_LIMITS))
                .isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void sweepOfPins_removesOldCountsAlone() {
        UserId ann = newPerson();
        Instant now = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrong(attempted(ann, now));
        }

        pins().sweep(now);
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Locked.class);
        pins().sweep(now.plusMillis(1));
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void erasure_removesThePinAndItsAttempts() {
        UserId ann = newPerson();
        Instant now = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrong(attempted(ann, now));
        }
        assertThat(people().export(ann, now, CALLER).orElseThrow())
                .contains("pin_set_at")
                .doesNotContain("pbkdf2", "pin_hash", "badge_issue\"");

        people().erase(ann, now, PeopleStore.KeptMarks.KEEP, CALLER);

        Samples.enroll(people(), ann, 3);
        assertThat(pins().find(ann)).contains(new Credentials(null, null));
        assertThat(pins().count(attempted(ann, now), PIN_LIMITS)).isEqualTo(new Attempt.Counted(null));
    }

    @Test
    default void markByPin_isWrittenWithoutEvidence() {
        UserId ann = newPerson();
        MarkRequest request = new MarkRequest(
                ann,
                Samples.MORNING,
                new Origin(ApiKey.DEFAULT_SITE, CALLER.keyId(), Source.PIN),
                null,
                null,
                null,
                new AttendanceStore.Circumstances(null, true));

        Marking marking = attendance().mark(request, Samples.TWO_A_DAY);

        assertThat(((Marking.Decided) marking).decision()).isInstanceOf(MarkDecision.Marked.class);
        assertThat(attendance().list(new AttendanceStore.Query(ann, null, null, 0, 10)))
                .singleElement()
                .satisfies(mark -> {
                    assertThat(mark.origin()).isEqualTo(request.origin());
                    assertThat(mark.confidence()).isNull();
                    assertThat(mark.circumstances().insideGeofence()).isTrue();
                });
    }

    @Test
    default void wrongPins_areLimitedOverTwoInstancesInTheSameWayForEverybody() {
        Instant now = DeviceFixture.newTime();
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        List<Pins> instances = List.of(new Pins(pins(), clock), new Pins(pins(), clock));
        UserId ann = newPersonWithoutPin();
        Pin pin = Pin.parse("730518").orElseThrow();
        instances.get(0).set(ann, pin, CALLER);
        Caller kiosk = new Caller(newKeyId(), null, null);
        List<List<Refusal>> seen = new ArrayList<>();
        for (UserId userId : List.of(ann, newPersonWithoutPin(), Samples.newUserId())) {
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

    private UserId newPersonWithoutPin() {
        UserId userId = Samples.newUserId();
        Samples.enroll(people(), userId, userId.hashCode());
        return userId;
    }

    private UserId newPerson() {
        UserId userId = newPersonWithoutPin();
        pins().set(userId, HASH, Samples.MORNING, CALLER);
        return userId;
    }

    private static Attempted attempted(UserId userId, Instant at) {
        return new Attempted(userId, newKeyId(), ApiKey.DEFAULT_SITE, at);
    }

    private static String newKeyId() {
        return UUID.randomUUID().toString().substring(24);
    }

    private @Nullable Known counted(Attempted attempted) {
        return ((Attempt.Counted) pins().count(attempted, PIN_LIMITS)).known();
    }

    private void wrong(Attempted attempted) {
        counted(attempted);
        pins().end(attempted, false, PIN_LIMITS, CALLER);
    }

    private List<Entry> entriesOf(UserId userId, String action) {
        return entries(action).stream()
                .filter(entry -> userId.value().equals(entry.userId()))
                .toList();
    }
}
