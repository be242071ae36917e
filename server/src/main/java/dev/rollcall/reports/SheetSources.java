package dev.rollcall.reports;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.schedule.HolidaySource;
import dev.rollcall.schedule.ShiftSource;
import java.time.Clock;

/** What sheets are reckoned from. */
public record SheetSources(
        SheetStore people, ShiftSource shifts, HolidaySource holidays, AttendancePolicies policies, Clock clock) {}
