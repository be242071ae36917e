package dev.rollcall.attendance;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One row of attendance.
 *
 * @param id the row's number, unique in its database
 * @param markedAt the instant by the server's clock; for concurrent requests up to {@link
 *     AttendancePolicy#CLOCK_TOLERANCE} later, so that it is after the previous mark
 * @param workDate the local date of {@code markedAt} in the site's time zone
 * @param number the mark's number among this person's marks of the work date, from 1
 * @param direction arrival or departure, alternating within the work date
 */
public record Mark(long id, Instant markedAt, LocalDate workDate, int number, Direction direction) {}
