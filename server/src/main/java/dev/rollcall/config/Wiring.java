package dev.rollcall.config;

import dev.rollcall.api.HealthResource.ServiceFacts;
import dev.rollcall.api.RequestLimits;
import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.security.ApiKeys;
import dev.rollcall.store.function.FunctionApiKeyStore;
import dev.rollcall.store.function.FunctionAttendanceStore;
import dev.rollcall.store.function.FunctionPeopleStore;
import dev.rollcall.usecase.AnalysisPool;
import dev.rollcall.usecase.AttendanceStore;
import dev.rollcall.usecase.EnrollPerson;
import dev.rollcall.usecase.ListAttendance;
import dev.rollcall.usecase.ManagePeople;
import dev.rollcall.usecase.PeopleStore;
import dev.rollcall.usecase.RecognizePerson;
import dev.rollcall.usecase.Recognizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the service together from the settings. */
@ApplicationScoped
class Wiring {

    private static final int WAITING_PER_THREAD = 16;
    private static final long MEGABYTE = 1_000_000;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    FaceEngine engine(Settings settings) {
        boolean liveness = settings.livenessMode() != LivenessMode.OFF;
        Path libraries = settings.dataDir().resolve("native");
        return new FaceEngine(new EngineOptions(
                settings.maxImageMegapixels(),
                liveness,
                libraries,
                settings.modelDir().orElse(null)));
    }

    @Produces
    @Singleton
    AnalysisPool pool(FaceEngine engine, Settings settings) {
        int threads = settings.engineThreads().orElse(Runtime.getRuntime().availableProcessors());
        return new AnalysisPool(engine, threads, WAITING_PER_THREAD * threads);
    }

    /** Also what the health report asks. */
    @Produces
    @Singleton
    Backend backend(Settings settings) {
        return Backend.open(settings);
    }

    @Produces
    @Singleton
    PeopleStore people(Backend backend) {
        return new FunctionPeopleStore(backend.functions());
    }

    @Produces
    @Singleton
    AttendanceStore attendance(Backend backend) {
        return new FunctionAttendanceStore(backend.functions());
    }

    @Produces
    @Singleton
    ApiKeys keys(Backend backend, Settings settings) {
        return new ApiKeys(settings.apiKey(), new FunctionApiKeyStore(backend.functions()));
    }

    @Produces
    @Singleton
    EnrollPerson enrollPerson(
            AnalysisPool pool, PeopleStore people, FaceEngine engine, Settings settings, Clock clock) {
        EnrollPerson.Policy policy = new EnrollPerson.Policy(
                rules(settings, settings.qualityEnroll()),
                settings.maxTemplatesPerPerson(),
                EnrollPerson.Policy.DUPLICATE_CONFIDENCE,
                EnrollPerson.Policy.MISMATCH_CONFIDENCE);
        return new EnrollPerson(pool, people, recognizer(engine), policy, clock);
    }

    @Produces
    @Singleton
    RecognizePerson recognizePerson(
            AnalysisPool pool, Backend backend, FaceEngine engine, Settings settings, Clock clock) {
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(backend.functions());
        RecognizePerson.Stores stores = new RecognizePerson.Stores(people(backend), attendance, attendance);
        RecognizePerson.Policy policy = new RecognizePerson.Policy(
                rules(settings, settings.qualityRecognize()),
                settings.confidenceThreshold(),
                new AttendancePolicy(
                        settings.maxAttendancePerDay(),
                        Duration.ofSeconds(settings.minSecondsBetweenMarks()),
                        settings.timeZone()));
        return new RecognizePerson(pool, stores, recognizer(engine), policy, clock);
    }

    @Produces
    @Singleton
    Sweeper sweeper(Backend backend, Clock clock) {
        return new Sweeper(new FunctionAttendanceStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    ListAttendance listAttendance(AttendanceStore attendance) {
        return new ListAttendance(attendance);
    }

    @Produces
    @Singleton
    ManagePeople managePeople(PeopleStore people, FaceEngine engine, Clock clock) {
        return new ManagePeople(people, recognizer(engine), clock);
    }

    @Produces
    @Singleton
    RequestLimits requestLimits(Settings settings) {
        return new RequestLimits(
                settings.maxImageMb() * MEGABYTE, Runtime.getRuntime().maxMemory() / 2);
    }

    @Produces
    @Singleton
    ServiceFacts facts(
            FaceEngine engine,
            Settings settings,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        String liveness = settings.livenessMode().name().toLowerCase(Locale.ROOT);
        return new ServiceFacts(version, engine.modelId(), liveness, clock.instant());
    }

    private static Recognizer recognizer(FaceEngine engine) {
        return new Recognizer(engine.modelId(), engine.calibration());
    }

    private static AnalysisRules rules(Settings settings, QualityLevel quality) {
        return new AnalysisRules(
                quality, settings.minFacePixels(), true, settings.livenessMode(), settings.livenessThreshold());
    }
}
