package dev.rollcall.store.function;

import static dev.rollcall.store.function.PinFixture.attempted;
import static dev.rollcall.store.function.PinFixture.newKeyId;
import static dev.rollcall.store.function.Samples.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.PinStore.Attempt;
import dev.rollcall.pins.PinStore.Attempted;
import dev.rollcall.pins.PinStore.Credentials;
import dev.rollcall.pins.PinStore.Known;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of PINs must do. */
interface PinStoreContract extends PinFixture {

    @Test
    default void pin_isThereUntilItIsRemoved() {
        UserId ann = personWithoutPin();
        Instant now = DeviceFixture.newTime();
        assertThat(pins().find(ann)).contains(new Credentials(null, null));

        assertThat(pins().set(ann, HASH, now, CALLER)).isTrue();
        assertThat(pins().find(ann)).contains(new Credentials(now, null));
        assertThat(countedPin(attempted(ann, now))).isEqualTo(new Known("Ann", HASH));

        assertThat(pins().set(ann, null, now, CALLER)).isTrue();
        assertThat(pins().find(ann)).contains(new Credentials(null, null));
        assertThat(countedPin(attempted(ann, now))).isNull();
        assertThat(pinEntries(ann, "PIN_SET")).hasSize(1);
        assertThat(pinEntries(ann, "PIN_REMOVED")).singleElement().satisfies(entry -> assertThat(entry.details())
                .doesNotContain("pbkdf2"));
    }

    @Test
    default void personWhoIsNotThere_hasNoPinAndGetsNone() {
        UserId nobody = Samples.newUserId();

        assertThat(pins().set(nobody, HASH, Samples.MORNING, CALLER)).isFalse();
        assertThat(pins().find(nobody)).isEmpty();
        assertThat(countedPin(attempted(nobody, DeviceFixture.newTime()))).isNull();
    }

    @Test
    default void pinOfSomebodyElsewhereOrInactive_isUnknown() throws Exception {
        UserId ann = personWithPin();
        String other = newSite();
        Instant now = DeviceFixture.newTime();

        assertThat(countedPin(new Attempted(ann, newKeyId(), other, now))).isNotNull();
        new BoundPeople(functions()).bind(ann, other);
        assertThat(countedPin(attempted(ann, now))).isNull();
        assertThat(countedPin(new Attempted(ann, newKeyId(), other, now))).isNotNull();
        new BoundPeople(functions()).deactivate(ann);
        assertThat(countedPin(new Attempted(ann, newKeyId(), other, now.plusSeconds(901))))
                .isNull();
    }

    @Test
    default void erasure_removesThePinAndItsAttempts() {
        UserId ann = personWithPin();
        Instant now = DeviceFixture.newTime();
        for (int i = 0; i < 3; i++) {
            wrongPin(attempted(ann, now));
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
        UserId ann = personWithPin();
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
}
