package dev.rollcall.config;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.CorrectMarks;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.attendance.OwnMarks;
import dev.rollcall.attendance.ReviewCorrections;
import dev.rollcall.badges.Badges;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Devices;
import dev.rollcall.keys.Pairings;
import dev.rollcall.keys.PhoneLinks;
import dev.rollcall.keys.Sessions;
import dev.rollcall.keys.SetupLinks;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.pins.Pins;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.store.function.FunctionApiKeyStore;
import dev.rollcall.store.function.FunctionBadgeStore;
import dev.rollcall.store.function.FunctionCorrectionStore;
import dev.rollcall.store.function.FunctionDeviceStore;
import dev.rollcall.store.function.FunctionPairingStore;
import dev.rollcall.store.function.FunctionPhoneLinkStore;
import dev.rollcall.store.function.FunctionPinStore;
import dev.rollcall.store.function.FunctionSessionStore;
import dev.rollcall.store.function.FunctionSetupStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Creates the use cases of keys, people and attendance. */
@ApplicationScoped
class RoomWiring {

    @Produces
    @Singleton
    ApiKeys keys(Backend backend, Settings settings, Clock clock) {
        return new ApiKeys(settings.apiKey(), new FunctionApiKeyStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    Sessions sessions(Backend backend, Settings settings, Clock clock) {
        return new Sessions(settings.apiKey(), new FunctionSessionStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    SetupLinks setupLinks(Backend backend, Settings settings, Sessions sessions, Clock clock) {
        return new SetupLinks(settings.apiKey(), new FunctionSetupStore(backend.functions()), sessions, clock);
    }

    @Produces
    @Singleton
    Devices devices(Backend backend, Clock clock) {
        return new Devices(new FunctionDeviceStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    ListAttendance listAttendance(AttendanceStore attendance, AttendancePolicies policies) {
        return new ListAttendance(attendance, policies);
    }

    @Produces
    @Singleton
    Pairings pairings(Backend backend, Clock clock) {
        return new Pairings(new FunctionPairingStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    PhoneLinks phoneLinks(Backend backend, Clock clock) {
        return new PhoneLinks(new FunctionPhoneLinkStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    Badges badges(Backend backend, Clock clock) {
        return new Badges(new FunctionBadgeStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    OwnMarks ownMarks(AttendanceStore attendance, AttendancePolicies policies) {
        return new OwnMarks(attendance, policies);
    }

    @Produces
    @Singleton
    Pins pins(Backend backend, Clock clock) {
        return new Pins(new FunctionPinStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    CorrectMarks correctMarks(Backend backend, AttendancePolicies policies, Settings settings, Clock clock) {
        return new CorrectMarks(
                new FunctionCorrectionStore(backend.functions()),
                policies,
                new CorrectMarks.Rules(settings.requireApproval(), settings.undoSeconds()),
                clock);
    }

    @Produces
    @Singleton
    ReviewCorrections reviewCorrections(Backend backend, AttendancePolicies policies, Clock clock) {
        return new ReviewCorrections(new FunctionCorrectionStore(backend.functions()), policies, clock);
    }

    @Produces
    @Singleton
    ManagePeople managePeople(
            PeopleStore people, PeopleDirectory directory, Recognizer recognizer, Settings settings, Clock clock) {
        return new ManagePeople(people, directory, recognizer.modelId(), settings.attendanceOnErasure(), clock);
    }
}
