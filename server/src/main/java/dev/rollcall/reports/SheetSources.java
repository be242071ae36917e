package dev.rollcall.reports;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.schedule.HolidayStore;
import dev.rollcall.schedule.ShiftStore;
import java.time.Clock;

/** What sheets are reckoned from. */
public record SheetSources(
        SheetStore people, ShiftStore shifts, HolidayStore holidays, AttendancePolicies policies, Clock clock) {}
