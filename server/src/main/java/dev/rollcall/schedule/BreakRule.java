package dev.rollcall.schedule;

/**
 * How breaks count. A break that was marked is the time from a departure to the next arrival.
 *
 * @param kind which breaks are work
 * @param minutes the planned break, 0 to {@value #MOST_MINUTES}
 * @param afterMinutes of {@link Kind#AUTOMATIC}: the presence that is always work; only what goes beyond it is deducted
 */
public record BreakRule(Kind kind, int minutes, int afterMinutes) {

    /** Most minutes of each number. */
    public static final int MOST_MINUTES = 720;

    /**
     * The default of {@code afterMinutes}. A working day of more than six hours needs a break.
     *
     * <p>Source: Directive 2003/88/EC, Article 4.
     */
    public static final int DEFAULT_AFTER_MINUTES = 360;

    /** Breaks as they were marked, unpaid. */
    public static final BreakRule AS_MARKED = new BreakRule(Kind.MARKED, 0, DEFAULT_AFTER_MINUTES);

    /** Which breaks are work. */
    public enum Kind {
        /** None; a break is as long as it was marked. */
        MARKED,
        /** None; what of the planned break was not marked is deducted from the presence. */
        AUTOMATIC,
        /** Marked breaks, up to the planned minutes of a day. */
        PAID
    }

    public BreakRule {
        Limits.check(minutes, MOST_MINUTES);
        Limits.check(afterMinutes, MOST_MINUTES);
    }

    /**
     * The seconds of work of a shift: what somebody has worked who keeps the planned times, and the planned break of {@link Kind#MARKED}.
     *
     * @param length of the shift in seconds
     */
    long plannedSeconds(long length) {
        return switch (kind) {
            case MARKED -> Math.max(0, length - minutes * 60L);
            case AUTOMATIC -> length - deductedSeconds(length, 0);
            case PAID -> length;
        };
    }

    /**
     * The seconds of a presence that {@link Kind#AUTOMATIC} deducts.
     *
     * @param marked the seconds of breaks that were marked, which are not in the presence
     */
    long deductedSeconds(long presence, long marked) {
        return Math.max(0, Math.min(minutes * 60L - marked, presence - afterMinutes * 60L));
    }
}
