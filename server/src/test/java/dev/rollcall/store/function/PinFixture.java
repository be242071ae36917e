package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.PinStore;
import dev.rollcall.pins.PinStore.Attempt;
import dev.rollcall.pins.PinStore.Attempted;
import dev.rollcall.pins.PinStore.Known;
import dev.rollcall.pins.PinStore.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People with PINs, and attempts at these. */
interface PinFixture extends DeviceFixture {

    Limits PIN_LIMITS = new Limits(Duration.ofMinutes(15), 3, 8);
    String HASH = "pbkdf2-sha256:150000:" + "0a".repeat(16) + ":" + "0b".repeat(32);

    PeopleStore people();

    AttendanceStore attendance();

    default PinStore pins() {
        return new FunctionPinStore(functions());
    }

    default UserId personWithoutPin() {
        UserId userId = Samples.newUserId();
        Samples.enroll(people(), userId, userId.hashCode());
        return userId;
    }

    default UserId personWithPin() {
        UserId userId = personWithoutPin();
        pins().set(userId, HASH, Samples.MORNING, CALLER);
        return userId;
    }

    static Attempted attempted(UserId userId, Instant at) {
        return new Attempted(userId, newKeyId(), ApiKey.DEFAULT_SITE, at);
    }

    static String newKeyId() {
        return UUID.randomUUID().toString().substring(24);
    }

    default @Nullable Known countedPin(Attempted attempted) {
        return ((Attempt.Counted) pins().count(attempted, PIN_LIMITS)).known();
    }

    default List<Entry> pinEntries(UserId userId, String action) {
        return entries(action).stream()
                .filter(entry -> userId.value().equals(entry.userId()))
                .toList();
    }

    default void wrongPin(Attempted attempted) {
        countedPin(attempted);
        pins().end(attempted, false, PIN_LIMITS, CALLER);
    }
}
