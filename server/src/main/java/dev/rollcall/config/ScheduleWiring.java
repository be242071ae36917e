package dev.rollcall.config;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.ExportLog;
import dev.rollcall.audit.OwnChain;
import dev.rollcall.people.MonthlySheets;
import dev.rollcall.reports.ExportedMonths;
import dev.rollcall.reports.SheetSources;
import dev.rollcall.reports.Sheets;
import dev.rollcall.reports.TryShift;
import dev.rollcall.reports.files.ExportRows;
import dev.rollcall.schedule.HolidayStore;
import dev.rollcall.schedule.ManageHolidays;
import dev.rollcall.schedule.ManageShifts;
import dev.rollcall.schedule.ShiftStore;
import dev.rollcall.store.function.DatabaseFunctions;
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
    SheetSources sheetSources(Backend backend, AttendancePolicies policies, Clock clock) {
        return sources(backend.functions(), policies, clock);
    }

    static SheetSources sources(DatabaseFunctions functions, AttendancePolicies policies, Clock clock) {
        return new SheetSources(
                new FunctionSheetStore(functions),
                new FunctionShiftStore(functions),
                new FunctionHolidayStore(functions),
                policies,
                clock);
    }

    @Produces
    @Singleton
    Sheets sheets(SheetSources sources) {
        return new Sheets(sources);
    }

    @Produces
    @Singleton
    ExportRows exportRows(ListAttendance attendance, Sheets sheets) {
        return new ExportRows(attendance, sheets);
    }

    @Produces
    @Singleton
    OwnChain ownChain(AuditStore audit) {
        return new OwnChain(audit);
    }

    @Produces
    @Singleton
    MonthlySheets monthlySheets(Sheets sheets, Clock clock) {
        return new ExportedMonths(sheets, clock);
    }

    @Produces
    @Singleton
    ExportLog exportLog(AuditStore audit, Clock clock) {
        return new ExportLog(audit, clock);
    }

    @Produces
    @Singleton
    TryShift tryShift(SheetSources sources) {
        return new TryShift(sources);
    }
}
