package dev.rollcall.reports.files;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import java.time.ZoneId;

/**
 * A mark in an export.
 *
 * @param zone the time zone of its site
 */
public record MarkRow(MarkOfPerson mark, ZoneId zone) {}
