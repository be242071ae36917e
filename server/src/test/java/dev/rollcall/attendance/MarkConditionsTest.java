package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkConditionsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final MarkConditions STRICT =
            new MarkConditions(false, Duration.ofDays(3), new Geofence(36.7213, -4.4214, 100));
    private static final Position INSIDE = new Position(36.7213, -4.4210, 20);

    @Test
    void usualMark_isAccepted() {
        assertThat(MarkConditions.USUAL.refusal(MarkDetails.NONE, NOW)).isEmpty();
        assertThat(MarkConditions.USUAL.refusal(MarkDetails.of(Direction.OUT), NOW))
                .isEmpty();
        assertThat(STRICT.refusal(new MarkDetails(null, null, INSIDE), NOW)).isEmpty();
    }

    @Test
    void direction_isRefusedWhereItIsNotAllowed() {
        assertThat(code(STRICT, Direction.IN, null, INSIDE)).contains(Code.DIRECTION_NOT_ALLOWED);
    }

    @Test
    void lateMark_isAcceptedUpToItsLimit() {
        Instant oldest = NOW.minus(Duration.ofDays(3));

        assertThat(code(STRICT, null, oldest, INSIDE)).isEmpty();
        assertThat(code(STRICT, null, oldest.minusNanos(1000), INSIDE)).contains(Code.TOO_LATE);
        assertThat(STRICT.refusal(new MarkDetails(null, oldest.minusSeconds(1), INSIDE), NOW)
                        .orElseThrow()
                        .facts())
                .containsEntry("captured_at", "2026-11-19T07:59:59Z")
                .containsEntry("late_mark_hours", 72L);
    }

    @Test
    void withoutLateMarks_everyOneIsTooLate() {
        MarkConditions none = new MarkConditions(true, Duration.ZERO, null);

        assertThat(code(none, null, NOW, null)).contains(Code.TOO_LATE);
        assertThat(code(none, null, null, null)).isEmpty();
    }

    @Test
    void deviceWhoseClockIsSlightlyAhead_marksNow() {
        MarkDetails ahead = new MarkDetails(null, NOW.plusSeconds(30), INSIDE);

        assertThat(STRICT.refusal(ahead, NOW)).isEmpty();
        assertThat(ahead.countsAt(NOW)).isEqualTo(NOW);
        assertThat(ahead.isLate()).isTrue();
    }

    @Test
    void markOfTheFuture_isNotValid() {
        Refusal refusal = STRICT.refusal(new MarkDetails(null, NOW.plusMillis(30_001), INSIDE), NOW)
                .orElseThrow();

        assertThat(refusal.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refusal.facts()).containsEntry("field", "captured_at").containsEntry("now", NOW.toString());
    }

    @Test
    void geofence_isAskedFirst() {
        assertThat(code(STRICT, Direction.IN, NOW.minus(Duration.ofDays(9)), null))
                .contains(Code.OUTSIDE_SITE);
    }

    @Test
    void details_dontShowThePosition() {
        assertThat(new MarkDetails(null, null, INSIDE).toString()).doesNotContain("36");
    }

    private static Optional<Code> code(
            MarkConditions conditions,
            @Nullable Direction direction,
            @Nullable Instant capturedAt,
            @Nullable Position position) {
        return conditions
                .refusal(new MarkDetails(direction, capturedAt, position), NOW)
                .map(Refusal::code);
    }
}
