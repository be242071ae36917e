package dev.rollcall.schedule;

/** What a day was for a person. A day has one status, or none where nothing can be said. */
public enum DayStatus {
    /** There are marks, each arrival has its departure, and the planned times were kept, if there are any. */
    PRESENT,
    /** The first arrival was later than planned, by more than the grace. */
    LATE,
    /** The last departure was earlier than planned, by more than the grace, and the person was not late. */
    LEFT_EARLY,
    /** A mark is missing: an arrival without a departure, or a departure without an arrival. */
    INCOMPLETE,
    /** There is no mark, though a shift was planned and is over. */
    ABSENT,
    /** There is no mark, on a holiday of the site. */
    HOLIDAY,
    /** There is no mark, on a day that the person's shift leaves free. */
    DAY_OFF
}
