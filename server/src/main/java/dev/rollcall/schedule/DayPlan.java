package dev.rollcall.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is planned for a person on a work date.
 *
 * @param shift whose rules hold on this day; null where no shift is assigned
 * @param times when the shift is, also on a holiday; null on a day that the shift leaves free, and without a shift
 * @param holiday the name of the site's holiday on this date; null on other dates
 */
public record DayPlan(
        LocalDate date,
        @Nullable Shift shift,
        @Nullable Times times,
        @Nullable String holiday) {

    /**
     * The instants of a shift on one work date.
     *
     * @param opens from when on marks belong to it
     * @param closes from when on marks don't belong to it any more
     */
    public record Times(Instant start, Instant end, Instant opens, Instant closes) {

        boolean takes(Instant mark) {
            return !mark.isBefore(opens) && mark.isBefore(closes);
        }

        Duration length() {
            return Duration.between(start, end);
        }
    }

    /** The times that somebody has to keep: none on a holiday. */
    public @Nullable Times duty() {
        return holiday == null ? times : null;
    }

    /** The seconds to work on this day; null where no shift is assigned. */
    public @Nullable Long plannedSeconds() {
        if (shift == null) {
            return null;
        }
        Times duty = duty();
        return duty == null
                ? 0
                : shift.rules().breaks().plannedSeconds(duty.length().toSeconds());
    }

    DayPlan with(Times others) {
        return new DayPlan(date, shift, others, holiday);
    }
}
