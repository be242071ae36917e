package dev.rollcall.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * The hours of a day in seconds. {@code worked + unpaidBreak} is the time from the first arrival to the last departure, each rounded.
 *
 * @param worked what counts as work, with paid breaks
 * @param unpaidBreak breaks that don't count
 * @param paidBreak breaks that count
 * @param overtime what was worked beyond the plan; 0 where no shift is assigned
 */
public record Hours(long worked, long unpaidBreak, long paidBreak, long overtime) {

    public static final Hours NONE = new Hours(0, 0, 0, 0);

    /** An arrival and the departure that follows it. */
    record Stay(Instant in, Instant out) {}

    /**
     * Reckons a day.
     *
     * @param stays at least one, in their order
     */
    static Hours of(List<Stay> stays, DayPlan plan, ZoneId zone) {
        Shift shift = plan.shift();
        Rounding rounding = shift == null ? Rounding.NONE : shift.rules().rounding();
        BreakRule breaks = shift == null ? BreakRule.AS_MARKED : shift.rules().breaks();
        long presence = 0;
        long gaps = 0;
        long last = Long.MIN_VALUE;
        for (Stay stay : stays) {
            // Rounding must not turn the order round.
            long in = Math.max(rounding.inSeconds(stay.in(), zone), last);
            long out = Math.max(rounding.outSeconds(stay.out(), zone), in);
            gaps += last == Long.MIN_VALUE ? 0 : in - last;
            presence += out - in;
            last = out;
        }
        return withOvertime(counted(presence, gaps, breaks), plan);
    }

    private static Hours counted(long presence, long gaps, BreakRule rule) {
        return switch (rule.kind()) {
            case MARKED -> new Hours(presence, gaps, 0, 0);
            case AUTOMATIC -> {
                long deducted = rule.deductedSeconds(presence, gaps);
                yield new Hours(presence - deducted, gaps + deducted, 0, 0);
            }
            case PAID -> {
                long paid = Math.min(gaps, rule.minutes() * 60L);
                yield new Hours(presence + paid, gaps - paid, paid, 0);
            }
        };
    }

    private static Hours withOvertime(Hours hours, DayPlan plan) {
        Long planned = plan.plannedSeconds();
        long beyond = planned == null ? 0 : Math.max(0, hours.worked - planned);
        return new Hours(hours.worked, hours.unpaidBreak, hours.paidBreak, beyond);
    }

    public Hours plus(Hours other) {
        return new Hours(
                worked + other.worked,
                unpaidBreak + other.unpaidBreak,
                paidBreak + other.paidBreak,
                overtime + other.overtime);
    }
}
