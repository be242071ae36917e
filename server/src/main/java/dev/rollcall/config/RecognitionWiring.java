package dev.rollcall.config;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.AttemptLimit;
import dev.rollcall.recognition.EnrollPerson;
import dev.rollcall.recognition.FixedThreshold;
import dev.rollcall.recognition.IdentificationThreshold;
import dev.rollcall.recognition.IdentifyPerson;
import dev.rollcall.recognition.RecognizePerson;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.recognition.Thresholds;
import dev.rollcall.recognition.accuracy.AccuracyKeeper;
import dev.rollcall.recognition.accuracy.AccuracyMonitor;
import dev.rollcall.recognition.accuracy.AccuracyStore;
import dev.rollcall.recognition.accuracy.AutomaticThresholds;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.GalleryKeeper;
import dev.rollcall.store.function.FunctionAttendanceStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalDouble;

/** Creates the use cases of recognition, the gallery and the thresholds. */
@ApplicationScoped
class RecognitionWiring {

    @Produces
    @Singleton
    EnrollPerson enrollPerson(
            AnalysisPool pool, EnrollPerson.Stores stores, Recognizer recognizer, Settings settings, Clock clock) {
        return new EnrollPerson(pool, stores, recognizer, enrollPolicy(settings), clock);
    }

    /** The rules of enrollment. */
    static EnrollPerson.Policy enrollPolicy(Settings settings) {
        return new EnrollPerson.Policy(
                rules(settings, settings.qualityEnroll()),
                settings.maxTemplatesPerPerson(),
                EnrollPerson.Limits.DEFAULT,
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
            AnalysisPool pool,
            RecognizePerson.Stores stores,
            Recognizer recognizer,
            Thresholds thresholds,
            Settings settings,
            Clock clock) {
        RecognizePerson.Policy policy = new RecognizePerson.Policy(
                rules(settings, settings.qualityRecognize()),
                thresholds,
                settings.rivalRule(),
                attendancePolicy(settings));
        return new RecognizePerson(pool, stores, recognizer, policy, clock);
    }

    @Produces
    @Singleton
    Thresholds thresholds(Settings settings) {
        OptionalDouble fixed = settings.confidenceThreshold().fixed();
        return fixed.isPresent() ? new FixedThreshold(fixed.getAsDouble()) : new AutomaticThresholds();
    }

    @Produces
    @Singleton
    IdentifyPerson identifyPerson(
            AnalysisPool pool,
            RecognizePerson.Stores stores,
            Recognizer recognizer,
            IdentificationThreshold threshold,
            Settings settings,
            Clock clock) {
        IdentifyPerson.Policy policy = new IdentifyPerson.Policy(
                rules(settings, settings.qualityRecognize()), threshold, attendancePolicy(settings));
        return new IdentifyPerson(pool, stores, recognizer, policy, clock);
    }

    @Produces
    @Singleton
    AccuracyMonitor accuracyMonitor(
            AccuracyStore store,
            Recognizer recognizer,
            FaceEngine engine,
            Thresholds thresholds,
            Settings settings,
            Clock clock) {
        return new AccuracyMonitor(
                store,
                recognizer,
                engine.impostorTail(),
                new AccuracyMonitor.Policy(thresholds, settings.targetFalseMatchRate()),
                new AccuracyMonitor.Time(clock, System::nanoTime));
    }

    @Produces
    @Singleton
    IdentificationThreshold identificationThreshold(
            FaceEngine engine, AccuracyMonitor accuracy, Thresholds thresholds, Settings settings) {
        return new IdentificationThreshold(
                new IdentificationThreshold.Tails(engine.impostorTail(), accuracy),
                settings.targetFpir(),
                thresholds,
                engine.calibration());
    }

    @Produces
    @Singleton
    AccuracyKeeper accuracyKeeper(AccuracyMonitor monitor) {
        return new AccuracyKeeper(monitor);
    }

    @Produces
    @Singleton
    RecognizePerson.Stores recognizeStores(
            Backend backend, PeopleStore people, Gallery gallery, RefusalLog refusals, AttemptLimit attempts) {
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(backend.functions());
        return new RecognizePerson.Stores(people, gallery, attendance, attendance, refusals, attempts);
    }

    /** The rules of marks of the settings. */
    static AttendancePolicy attendancePolicy(Settings settings) {
        return new AttendancePolicy(
                settings.maxAttendancePerDay(),
                Duration.ofSeconds(settings.minSecondsBetweenMarks()),
                settings.timeZone());
    }

    private static AnalysisRules rules(Settings settings, QualityLevel quality) {
        return new AnalysisRules(
                quality, settings.minFacePixels(), true, settings.livenessMode(), settings.livenessThreshold());
    }
}
