package dev.rollcall.recognition;

import static dev.rollcall.recognition.RecognitionSite.CALLER;
import static dev.rollcall.recognition.RecognitionSite.MANUEL;
import static dev.rollcall.recognition.RecognitionSite.SITE;
import static dev.rollcall.recognition.RecognitionSite.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.Pin;
import dev.rollcall.pins.PinStore;
import dev.rollcall.pins.Pins;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.RecognizePerson.Result;
import dev.rollcall.sites.SiteRules;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Marks by number and PIN. */
class MarkByPinTest {

    private static final Pin PIN = new Pin("730518");
    private static final Pin WRONG = new Pin("730519");
    private static final Attempt ATTEMPT = new Attempt("a".repeat(64), "b".repeat(64));

    private final RecognitionSite site = new RecognitionSite();
    private final PinsInMemory pins = new PinsInMemory();
    private final MarkByPin markByPin = site.markByPin(pins);

    MarkByPinTest() {
        site.rules(allowing(true));
        new Pins(pins, Clock.fixed(RecognitionSite.NOW, ZoneOffset.UTC)).set(MANUEL, PIN, CALLER);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void rightPin_isMarkedWithoutEvidence() {
        Result.Marked marked = (Result.Marked) mark(MANUEL, PIN, null);

        assertThat(marked.basis()).isEqualTo(new PinMatch(MANUEL, "Name"));
        assertThat(site.stores.markRequests()).singleElement().satisfies(request -> {
            assertThat(request.origin().source()).isEqualTo(Source.PIN);
            assertThat(request.evidence()).isNull();
            assertThat(request.origin().site()).isEqualTo(SITE);
        });
        assertThat(pins.ended).containsExactly(true);
        assertThat(site.stores.noted()).isEmpty();
    }

    @Test
    void wrongPinAndUnknownNumber_areRefusedInTheSameWay() {
        UserId nobody = new UserId("nobody");

        assertThat(RecognitionSite.refusal(mark(MANUEL, WRONG, null)).facts())
                .isEqualTo(RecognitionSite.refusal(mark(nobody, PIN, null)).facts());
        assertThat(pins.ended).containsExactly(false, false);
        assertThat(site.stores.notes())
                .extracting(note -> note.details().get("reason"))
                .containsExactly("wrong_pin", "no_pin_here");
    }

    @Test
    void siteThatAllowsNoPin_asksNobody() {
        for (SiteRules rules : List.of(allowing(false), SiteRules.OF_THE_SETTINGS)) {
            site.rules(rules);
            assertThat(code(mark(MANUEL, PIN, ATTEMPT))).isEqualTo(Code.PIN_NOT_ALLOWED);
        }
        site.deactivate();
        assertThat(code(mark(MANUEL, PIN, null))).isEqualTo(Code.SITE_NOT_FOUND);

        assertThat(pins.ended).isEmpty();
        assertThat(site.stores.kept(ATTEMPT.key())).isEmpty();
    }

    @Test
    void lockedPin_isRefusedWithoutANote() {
        pins.lockedUntil = RecognitionSite.NOW.plusSeconds(60);

        assertThat(RecognitionSite.refusal(mark(MANUEL, PIN, ATTEMPT)).facts()).isEqualTo(Map.of("retry_after_s", 60L));
        assertThat(site.stores.noted()).isEmpty();
        pins.lockedUntil = null;
        assertThat(mark(MANUEL, PIN, ATTEMPT)).isInstanceOf(Result.Marked.class);
    }

    @Test
    void repetitionUnderAKey_isMarkedOnceAndNoFurtherAttempt() {
        Result first = mark(MANUEL, PIN, ATTEMPT);

        assertThat(mark(MANUEL, PIN, ATTEMPT)).isEqualTo(first);
        assertThat(site.stores.marks()).isEqualTo(1);
        assertThat(pins.ended).hasSize(1);
    }

    @Test
    void repetitionOfAWrongPin_countsOnce() {
        assertThat(code(mark(MANUEL, WRONG, ATTEMPT))).isEqualTo(Code.PIN_INVALID);
        assertThat(code(mark(MANUEL, PIN, ATTEMPT))).isEqualTo(Code.PIN_INVALID);

        assertThat(pins.ended).containsExactly(false);
        assertThat(site.stores.noted()).hasSize(1);
    }

    @Test
    void conditionsOfTheSite_holdAsForEveryMark() {
        site.rules(new SiteRules(null, null, null, null, null, null, false, null, null, true));

        assertThat(code(markByPin.mark(
                        new MarkByPin.Request(MANUEL, PIN, SITE, MarkDetails.of(Direction.IN), Optional.empty()),
                        CALLER)))
                .isEqualTo(Code.DIRECTION_NOT_ALLOWED);
        assertThat(pins.ended).containsExactly(true);
    }

    private Result mark(UserId userId, Pin pin, @Nullable Attempt attempt) {
        return markByPin.mark(
                new MarkByPin.Request(userId, pin, SITE, MarkDetails.NONE, Optional.ofNullable(attempt)), CALLER);
    }

    private static SiteRules allowing(boolean pins) {
        return new SiteRules(null, null, null, null, null, null, null, null, null, pins);
    }

    /** PINs in memory, and how the attempts at them ended. */
    private static final class PinsInMemory implements PinStore {

        private final Map<UserId, String> hashes = new HashMap<>();
        private final List<Boolean> ended = new ArrayList<>();
        private @Nullable Instant lockedUntil;

        @Override
        public boolean set(UserId userId, @Nullable String hash, Instant at, Caller caller) {
            hashes.put(userId, String.valueOf(hash));
            return true;
        }

        @Override
        public PinStore.Attempt count(Attempted attempted, Limits limits) {
            String hash = hashes.get(attempted.userId());
            return lockedUntil != null
                    ? new PinStore.Attempt.Locked(lockedUntil)
                    : new PinStore.Attempt.Counted(hash == null ? null : new Known("Name", hash));
        }

        @Override
        public void end(Attempted attempted, boolean isRight, Limits limits, Caller caller) {
            ended.add(isRight);
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
