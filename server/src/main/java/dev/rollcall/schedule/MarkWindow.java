package dev.rollcall.schedule;

/**
 * How far from the planned times a mark belongs to the shift.
 *
 * @param beforeMinutes before the planned start, 0 to {@value #MOST_MINUTES}
 * @param afterMinutes after the planned end, 0 to {@value #MOST_MINUTES}
 */
public record MarkWindow(int beforeMinutes, int afterMinutes) {

    public static final int MOST_MINUTES = 720;

    /**
     * Four hours on either side. With eleven hours of rest in each 24, a day's work with its breaks lasts thirteen hours at most, so a
     * shift of eight hours and a half can begin or end some four hours earlier or later than planned.
     *
     * <p>Source of the eleven hours: Directive 2003/88/EC, Article 3.
     */
    public static final MarkWindow DEFAULT = new MarkWindow(240, 240);

    public MarkWindow {
        Limits.check(beforeMinutes, MOST_MINUTES);
        Limits.check(afterMinutes, MOST_MINUTES);
    }
}
