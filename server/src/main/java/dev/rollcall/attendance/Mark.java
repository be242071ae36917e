package dev.rollcall.attendance;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One row of attendance.
 *
 * @param id the row's number, unique in its database
 * @param markedAt the instant by the server's clock; for concurrent requests up to {@link
 *     AttendancePolicy#CLOCK_TOLERANCE} later, so that it is after the previous mark. Of a late mark, when the device captured the face.
 * @param workDate the work date of {@code markedAt} at the site
 * @param number the mark's number among this person's marks of the work date, from 1, in the order of writing
 * @param direction arrival or departure
 */
public record Mark(long id, Instant markedAt, LocalDate workDate, int number, Direction direction) {}
