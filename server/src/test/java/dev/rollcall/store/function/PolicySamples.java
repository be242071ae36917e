package dev.rollcall.store.function;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.MarkConditions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Rules of sites, and instants shortly before their work dates or clocks change, for properties. */
final class PolicySamples {

    private static final Duration A_LITTLE = Duration.ofSeconds(10);
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final LocalDate WITHOUT_CHANGE = LocalDate.of(2026, 11, 22);

    private PolicySamples() {}

    /** What changes at a site. */
    enum Moment {
        DAY_BEGINS,
        CLOCKS_GO_FORWARD,
        CLOCKS_GO_BACK,
        DAY_BEGINS_WHEN_CLOCKS_GO_FORWARD,
        DAY_BEGINS_WHEN_CLOCKS_GO_BACK;

        /** An instant shortly before that; of clocks that are never changed, before a day begins. */
        Instant shortlyBefore(AttendancePolicy policy) {
            boolean forward = this == CLOCKS_GO_FORWARD || this == DAY_BEGINS_WHEN_CLOCKS_GO_FORWARD;
            Optional<ZoneOffsetTransition> change =
                    this == DAY_BEGINS ? Optional.empty() : changeOf(policy.zone(), forward);
            boolean ofClocks = this == CLOCKS_GO_FORWARD || this == CLOCKS_GO_BACK;
            if (ofClocks && change.isPresent()) {
                return change.get().getInstant().minus(A_LITTLE);
            }
            LocalDate day =
                    change.map(one -> one.getDateTimeAfter().toLocalDate()).orElse(WITHOUT_CHANGE);
            return policy.workDays().start(day).minus(A_LITTLE);
        }

        private static Optional<ZoneOffsetTransition> changeOf(ZoneId zone, boolean forward) {
            ZoneOffsetTransition first = zone.getRules().nextTransition(NEW_YEAR);
            if (first == null) {
                return Optional.empty();
            }
            return Stream.iterate(first, one -> zone.getRules().nextTransition(one.getInstant()))
                    .limit(2)
                    .filter(one -> one.isGap() == forward)
                    .findFirst();
        }
    }

    /** In Havana, clocks are changed at midnight; on Lord Howe Island, by half an hour. */
    static Arbitrary<AttendancePolicy> policies() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(0, 1, 60, 3600).map(Duration::ofSeconds),
                        Arbitraries.of(
                                        "UTC",
                                        "Europe/Berlin",
                                        "America/St_Johns",
                                        "America/Havana",
                                        "Australia/Lord_Howe",
                                        "Asia/Kathmandu",
                                        "Pacific/Kiritimati",
                                        "Etc/GMT+12")
                                .map(ZoneId::of),
                        Arbitraries.of("00:00", "02:30", "05:00", "23:00").map(LocalTime::parse))
                .as((most, spacing, zone, startsAt) ->
                        new AttendancePolicy(most, spacing, zone, startsAt, MarkConditions.USUAL));
    }

    static Arbitrary<Moment> moments() {
        return Arbitraries.of(Moment.values());
    }

    /**
     * The work date of an instant by its definition: the greatest that clocks have shown until then, if a date begins when its day
     * does. Before the instant itself, they show the greatest one right before they are changed.
     */
    static LocalDate workDate(AttendancePolicy policy, Instant instant) {
        LocalDate shown = shown(policy, instant);
        ZoneOffsetTransition change = policy.zone().getRules().previousTransition(instant.plusNanos(1));
        if (change == null) {
            return shown;
        }
        LocalDate before = shown(policy, change.getInstant().minusNanos(1));
        return before.isAfter(shown) ? before : shown;
    }

    private static LocalDate shown(AttendancePolicy policy, Instant instant) {
        return LocalDateTime.ofInstant(instant, policy.zone())
                .minusNanos(policy.dayStartsAt().toNanoOfDay())
                .toLocalDate();
    }
}
