package dev.rollcall.config;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.ListAttendance;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.AttemptLimit;
import dev.rollcall.recognition.EnrollPerson;
import dev.rollcall.recognition.RecognizePerson;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.GalleryKeeper;
import dev.rollcall.store.function.FunctionApiKeyStore;
import dev.rollcall.store.function.FunctionAttendanceStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Creates the use cases. */
@ApplicationScoped
class RoomWiring {

    @Produces
    @Singleton
    ApiKeys keys(Backend backend, Settings settings, Clock clock) {
        return new ApiKeys(settings.apiKey(), new FunctionApiKeyStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    EnrollPerson enrollPerson(
            AnalysisPool pool, EnrollPerson.Stores stores, Recognizer recognizer, Settings settings, Clock clock) {
        return new EnrollPerson(pool, stores, recognizer, enrollPolicy(settings), clock);
    }

    static EnrollPerson.Policy enrollPolicy(Settings settings) {
        return new EnrollPerson.Policy(
                rules(settings, settings.qualityEnroll()),
                settings.maxTemplatesPerPerson(),
                EnrollPerson.Policy.DUPLICATE_CONFIDENCE,
                EnrollPerson.Policy.MISMATCH_CONFIDENCE,
                settings.requireConsent());
    }

    @Produces
    @Singleton
    EnrollPerson.Stores enrollStores(PeopleStore people, Gallery gallery, RefusalLog refusals) {
        return new EnrollPerson.Stores(people, gallery, refusals);
    }

    @Produces
    @Singleton
    Gallery gallery(PeopleStore people, Recognizer recognizer) {
        return new Gallery(people, recognizer.modelId());
    }

    @Produces
    @Singleton
    GalleryKeeper galleryKeeper(Gallery gallery) {
        return new GalleryKeeper(gallery);
    }

    @Produces
    @Singleton
    RecognizePerson recognizePerson(
            AnalysisPool pool, RecognizePerson.Stores stores, Recognizer recognizer, Settings settings, Clock clock) {
        RecognizePerson.Policy policy = new RecognizePerson.Policy(
                rules(settings, settings.qualityRecognize()),
                settings.confidenceThreshold(),
                new AttendancePolicy(
                        settings.maxAttendancePerDay(),
                        Duration.ofSeconds(settings.minSecondsBetweenMarks()),
                        settings.timeZone()));
        return new RecognizePerson(pool, stores, recognizer, policy, clock);
    }

    @Produces
    @Singleton
    RecognizePerson.Stores recognizeStores(
            Backend backend, PeopleStore people, RefusalLog refusals, AttemptLimit attempts) {
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(backend.functions());
        return new RecognizePerson.Stores(people, attendance, attendance, refusals, attempts);
    }

    @Produces
    @Singleton
    ListAttendance listAttendance(AttendanceStore attendance) {
        return new ListAttendance(attendance);
    }

    @Produces
    @Singleton
    ManagePeople managePeople(PeopleStore people, Recognizer recognizer, Settings settings, Clock clock) {
        return new ManagePeople(people, recognizer.modelId(), settings.attendanceOnErasure(), clock);
    }

    private static AnalysisRules rules(Settings settings, QualityLevel quality) {
        return new AnalysisRules(
                quality, settings.minFacePixels(), true, settings.livenessMode(), settings.livenessThreshold());
    }
}
