package dev.rollcall.config;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.badges.Badges;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.pins.Pins;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.AttemptLimit;
import dev.rollcall.recognition.EnrollPerson;
import dev.rollcall.recognition.FixedThreshold;
import dev.rollcall.recognition.GiveHints;
import dev.rollcall.recognition.IdentificationThreshold;
import dev.rollcall.recognition.IdentifyPerson;
import dev.rollcall.recognition.InspectFace;
import dev.rollcall.recognition.MarkByPin;
import dev.rollcall.recognition.ReadBadge;
import dev.rollcall.recognition.RecognizePerson;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.recognition.SiteAnalysis;
import dev.rollcall.recognition.Thresholds;
import dev.rollcall.recognition.accuracy.AccuracyKeeper;
import dev.rollcall.recognition.accuracy.AccuracyMonitor;
import dev.rollcall.recognition.accuracy.AccuracyStore;
import dev.rollcall.recognition.accuracy.AutomaticThresholds;
import dev.rollcall.recognition.challenge.ChallengeStore;
import dev.rollcall.recognition.challenge.Challenges;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.GalleryKeeper;
import dev.rollcall.sites.SitesInForce;
import dev.rollcall.store.function.FunctionAttendanceStore;
import dev.rollcall.store.function.FunctionChallengeStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
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
    Gallery gallery(PeopleStore people, Recognizer recognizer, Settings settings) {
        return new Gallery(people, recognizer.modelId(), new TemplateIndex(EngineWiring.runtime(settings)));
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
            RecognizePerson.Policy policy,
            Clock clock) {
        return new RecognizePerson(pool, stores, recognizer, policy, clock);
    }

    @Produces
    @Singleton
    RecognizePerson.Policy recognizePolicy(
            SiteAnalysis analysis, Thresholds thresholds, AttendancePolicies attendance, Settings settings) {
        return new RecognizePerson.Policy(analysis, thresholds, settings.rivalRule(), attendance);
    }

    @Produces
    @Singleton
    SiteAnalysis siteAnalysis(SitesInForce sites, Settings settings) {
        return new SiteAnalysis(rules(settings, settings.qualityRecognize()), sites);
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
            IdentifyPerson.Policy policy,
            Clock clock) {
        return new IdentifyPerson(pool, stores, recognizer, policy, clock);
    }

    @Produces
    @Singleton
    IdentifyPerson.Policy identifyPolicy(
            SiteAnalysis analysis, IdentificationThreshold threshold, AttendancePolicies attendance) {
        return new IdentifyPerson.Policy(analysis, threshold, attendance);
    }

    @Produces
    @Singleton
    InspectFace inspectFace(
            AnalysisPool pool, InspectFace.Sources sources, Recognizer recognizer, InspectFace.Policy policy) {
        return new InspectFace(pool, sources, recognizer, policy);
    }

    @Produces
    @Singleton
    GiveHints giveHints(AnalysisPool pool, SiteAnalysis analysis, Settings settings) {
        return new GiveHints(
                pool, new GiveHints.Policy(rules(settings, settings.qualityEnroll()), analysis, settings.rivalRule()));
    }

    @Produces
    @Singleton
    ReadBadge readBadge(AnalysisPool pool, SiteAnalysis analysis) {
        return new ReadBadge(pool, analysis);
    }

    @Produces
    @Singleton
    MarkByPin markByPin(
            Pins pins, RecognizePerson.Stores stores, SiteAnalysis sites, AttendancePolicies policies, Clock clock) {
        MarkByPin.Stores own = new MarkByPin.Stores(pins, stores.attendance(), stores.answers(), stores.refusals());
        return new MarkByPin(own, sites, policies, clock);
    }

    @Produces
    @Singleton
    InspectFace.Sources inspectSources(Gallery gallery, PeopleDirectory people, FaceEngine engine) {
        return new InspectFace.Sources(gallery, people, engine::checks);
    }

    @Produces
    @Singleton
    InspectFace.Policy inspectPolicy(SiteAnalysis analysis, Thresholds thresholds, Settings settings) {
        return new InspectFace.Policy(rules(settings, settings.qualityEnroll()), analysis, thresholds);
    }

    @Produces
    @Singleton
    Challenges challenges(
            AnalysisPool pool, ChallengeStore store, RefusalLog refusals, SiteAnalysis analysis, Clock clock) {
        return new Challenges(pool, store, refusals, analysis, clock);
    }

    @Produces
    @Singleton
    ChallengeStore challengeStore(Backend backend, Settings settings, Recognizer recognizer) {
        return new FunctionChallengeStore(backend.functions(), SecuritySettings.seal(settings), recognizer.modelId());
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
            Backend backend,
            PeopleStore people,
            Gallery gallery,
            RefusalLog refusals,
            AttemptLimit attempts,
            Challenges challenges,
            Badges badges) {
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(backend.functions());
        return new RecognizePerson.Stores(
                people, gallery, attendance, attendance, refusals, attempts, challenges, badges);
    }

    private static AnalysisRules rules(Settings settings, QualityLevel quality) {
        return new AnalysisRules(
                quality,
                settings.minFacePixels(),
                true,
                settings.livenessMode().ofPicture(),
                settings.livenessThreshold());
    }
}
