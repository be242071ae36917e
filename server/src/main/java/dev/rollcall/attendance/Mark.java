package dev.rollcall.attendance;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One row of attendance.
 *
 * @param id the row's number, unique in its database
 * @param markedAt when, by the server's clock; for one of several requests at once up to {@link
 *     AttendancePolicy#CLOCK_TOLERANCE} later, so that it is after the mark before
 * @param workDate the local date of {@code markedAt} in the site's time zone
 * @param number which mark of this person on this work date, from 1
 * @param direction arrival or departure, alternating within the work date
 */
public record Mark(long id, Instant markedAt, LocalDate workDate, int number, Direction direction) {}
