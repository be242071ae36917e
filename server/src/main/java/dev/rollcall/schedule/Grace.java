package dev.rollcall.schedule;

/**
 * By how much the planned times may be missed. It decides the status and never the hours.
 *
 * @param inMinutes how much later than planned somebody may arrive, 0 to {@value #MOST_MINUTES}
 * @param outMinutes how much earlier than planned somebody may leave, 0 to {@value #MOST_MINUTES}
 */
public record Grace(int inMinutes, int outMinutes) {

    public static final int MOST_MINUTES = 240;

    public static final Grace NONE = new Grace(0, 0);

    public Grace {
        Limits.check(inMinutes, MOST_MINUTES);
        Limits.check(outMinutes, MOST_MINUTES);
    }
}
