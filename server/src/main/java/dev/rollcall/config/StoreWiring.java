package dev.rollcall.config;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.people.MonthlySheets;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.recognition.accuracy.AccuracyStore;
import dev.rollcall.store.function.FunctionAccuracyStore;
import dev.rollcall.store.function.FunctionAttendanceStore;
import dev.rollcall.store.function.FunctionAuditStore;
import dev.rollcall.store.function.FunctionPeopleDirectory;
import dev.rollcall.store.function.FunctionPeopleStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Opens the database and creates the stores. */
@ApplicationScoped
class StoreWiring {

    /** Also the {@link dev.rollcall.outcome.StoreHealth} of the health report. */
    @Produces
    @Singleton
    Backend backend(Settings settings) {
        return Backend.open(settings);
    }

    @Produces
    @Singleton
    PeopleStore people(Backend backend, MonthlySheets sheets, Settings settings) {
        return FunctionPeopleStore.open(backend.functions(), SecuritySettings.seal(settings))
                .exporting(sheets);
    }

    @Produces
    @Singleton
    PeopleDirectory directory(Backend backend) {
        return new FunctionPeopleDirectory(backend.functions());
    }

    @Produces
    @Singleton
    AccuracyStore accuracy(Backend backend, Settings settings) {
        return new FunctionAccuracyStore(backend.functions(), SecuritySettings.seal(settings));
    }

    @Produces
    @Singleton
    AttendanceStore attendance(Backend backend) {
        return new FunctionAttendanceStore(backend.functions());
    }

    @Produces
    @Singleton
    AuditStore audit(Backend backend) {
        return new FunctionAuditStore(backend.functions());
    }

    @Produces
    @Singleton
    RefusalLog refusals(AuditStore audit, Clock clock) {
        return new RefusalLog(audit, clock);
    }
}
