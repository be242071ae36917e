package dev.rollcall.config;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.reports.SheetStore;
import dev.rollcall.reports.Sheets;
import dev.rollcall.reports.TryShift;
import dev.rollcall.reports.files.ExportRows;
import dev.rollcall.schedule.HolidayStore;
import dev.rollcall.schedule.ManageHolidays;
import dev.rollcall.schedule.ManageShifts;
import dev.rollcall.schedule.ShiftStore;
import dev.rollcall.store.function.FunctionHolidayStore;
import dev.rollcall.store.function.FunctionSheetStore;
import dev.rollcall.store.function.FunctionShiftStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Creates the use cases of shifts, holidays and sheets. */
@ApplicationScoped
class ScheduleWiring {

    @Produces
    @Singleton
    ShiftStore shiftStore(Backend backend) {
        return new FunctionShiftStore(backend.functions());
    }

    @Produces
    @Singleton
    HolidayStore holidayStore(Backend backend) {
        return new FunctionHolidayStore(backend.functions());
    }

    @Produces
    @Singleton
    SheetStore sheetStore(Backend backend) {
        return new FunctionSheetStore(backend.functions());
    }

    @Produces
    @Singleton
    ManageShifts manageShifts(ShiftStore store, Clock clock) {
        return new ManageShifts(store, clock);
    }

    @Produces
    @Singleton
    ManageHolidays manageHolidays(HolidayStore store, Clock clock) {
        return new ManageHolidays(store, clock);
    }

    @Produces
    @Singleton
    Sheets sheets(
            SheetStore store, ShiftStore shifts, HolidayStore holidays, AttendancePolicies policies, Clock clock) {
        return new Sheets(store, shifts, holidays, policies, clock);
    }

    @Produces
    @Singleton
    ExportRows exportRows(ListAttendance attendance, Sheets sheets) {
        return new ExportRows(attendance, sheets);
    }

    @Produces
    @Singleton
    TryShift tryShift(
            SheetStore store, ShiftStore shifts, HolidayStore holidays, AttendancePolicies policies, Clock clock) {
        return new TryShift(store, shifts, holidays, policies, clock);
    }
}
