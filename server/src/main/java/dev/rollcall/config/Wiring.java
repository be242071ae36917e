package dev.rollcall.config;

import dev.rollcall.api.HealthResource.ServiceFacts;
import dev.rollcall.api.RequestLimits;
import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.security.ApiKeys;
import dev.rollcall.security.HeapShares;
import dev.rollcall.security.Origins;
import dev.rollcall.security.RateLimits;
import dev.rollcall.security.TrustedProxies;
import dev.rollcall.store.function.FunctionApiKeyStore;
import dev.rollcall.store.function.FunctionAttendanceStore;
import dev.rollcall.store.function.FunctionAuditStore;
import dev.rollcall.store.function.FunctionPeopleStore;
import dev.rollcall.usecase.AnalysisPool;
import dev.rollcall.usecase.AttemptLimit;
import dev.rollcall.usecase.AttendanceStore;
import dev.rollcall.usecase.AuditStore;
import dev.rollcall.usecase.EnrollPerson;
import dev.rollcall.usecase.ListAttendance;
import dev.rollcall.usecase.ManagePeople;
import dev.rollcall.usecase.PeopleStore;
import dev.rollcall.usecase.RecognizePerson;
import dev.rollcall.usecase.Recognizer;
import dev.rollcall.usecase.RefusalLog;
import dev.rollcall.usecase.Retention;
import dev.rollcall.usecase.WatchedClock;
import io.github.bucket4j.TimeMeter;
import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the service together from the settings. */
@ApplicationScoped
class Wiring {

    private static final int WAITING_PER_THREAD = 16;
    private static final int MEGABYTE = 1_000_000;

    /** Also the clock of everything else. */
    @Produces
    @Singleton
    WatchedClock clock() {
        return new WatchedClock(Clock.systemUTC(), System::nanoTime, ClockCheck::warn);
    }

    @Produces
    @Singleton
    ClockCheck clockCheck(WatchedClock clock, AttendanceStore attendance) {
        return new ClockCheck(clock, attendance);
    }

    @Produces
    @Singleton
    Settings settings() {
        return SettingsCheck.settings();
    }

    @Produces
    @Singleton
    FaceEngine engine(Settings settings) {
        boolean liveness = settings.livenessMode() != LivenessMode.OFF;
        Path libraries = settings.dataDir().resolve("native");
        return new FaceEngine(new EngineOptions(
                settings.maxImageMegapixels(),
                Math.min(
                        EngineOptions.DEFAULT_PICTURE_BYTES,
                        HeapShares.ofThisProcess().decoding()),
                liveness,
                libraries,
                settings.modelDir().orElse(null)));
    }

    @Produces
    @Singleton
    ServiceMetrics metrics() {
        return new ServiceMetrics();
    }

    @Produces
    @Singleton
    AnalysisPool pool(FaceEngine engine, Settings settings, ServiceMetrics metrics) {
        int threads = settings.engineThreads().orElse(Runtime.getRuntime().availableProcessors());
        return new AnalysisPool(engine, threads, WAITING_PER_THREAD * threads, metrics);
    }

    /** Also what the health report asks. */
    @Produces
    @Singleton
    Backend backend(Settings settings) {
        return Backend.open(settings);
    }

    @Produces
    @Singleton
    PeopleStore people(Backend backend, Settings settings) {
        return FunctionPeopleStore.open(backend.functions(), SecuritySettings.seal(settings));
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

    @Produces
    @Singleton
    ApiKeys keys(Backend backend, Settings settings, Clock clock) {
        return new ApiKeys(settings.apiKey(), new FunctionApiKeyStore(backend.functions()), clock);
    }

    @Produces
    @Singleton
    RateLimits rateLimits(Settings settings) {
        return new RateLimits(
                new RateLimits.Limits(
                        settings.rateLimitPerMinute(),
                        settings.personRateLimitPerMinute(),
                        settings.addressRateLimitPerMinute()),
                TimeMeter.SYSTEM_NANOTIME);
    }

    @Produces
    @Singleton
    TrustedProxies trustedProxies(Settings settings) {
        return SecuritySettings.trustedProxies(settings);
    }

    @Produces
    @Singleton
    Origins origins(Settings settings) {
        return SecuritySettings.origins(settings);
    }

    @Produces
    @Singleton
    EnrollPerson enrollPerson(
            AnalysisPool pool, EnrollPerson.Stores stores, FaceEngine engine, Settings settings, Clock clock) {
        EnrollPerson.Policy policy = new EnrollPerson.Policy(
                rules(settings, settings.qualityEnroll()),
                settings.maxTemplatesPerPerson(),
                EnrollPerson.Policy.DUPLICATE_CONFIDENCE,
                EnrollPerson.Policy.MISMATCH_CONFIDENCE,
                settings.requireConsent());
        return new EnrollPerson(pool, stores, recognizer(engine), policy, clock);
    }

    @Produces
    @Singleton
    EnrollPerson.Stores enrollStores(PeopleStore people, RefusalLog refusals) {
        return new EnrollPerson.Stores(people, refusals);
    }

    @Produces
    @Singleton
    RecognizePerson recognizePerson(
            AnalysisPool pool, RecognizePerson.Stores stores, FaceEngine engine, Settings settings, Clock clock) {
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
    RecognizePerson.Stores recognizeStores(
            Backend backend, PeopleStore people, RefusalLog refusals, AttemptLimit attempts) {
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(backend.functions());
        return new RecognizePerson.Stores(people, attendance, attendance, refusals, attempts);
    }

    @Produces
    @Singleton
    Lifecycle.Background background(
            Backend backend, Settings settings, Clock clock, @MainEventLoopGroup EventLoopGroup eventLoops) {
        FunctionAuditStore audit = new FunctionAuditStore(backend.functions());
        Retention.Periods periods = new Retention.Periods(
                settings.attendanceRetentionDays(), settings.auditRetentionDays(), settings.timeZone());
        Sweeper sweeper = new Sweeper(
                new FunctionAttendanceStore(backend.functions()), new Retention(audit, periods, clock), audit, clock);
        return new Lifecycle.Background(
                sweeper, new Watchdog(List.of(new FullHeap(), new StuckEventLoops(() -> eventLoops))));
    }

    @Produces
    @Singleton
    ListAttendance listAttendance(AttendanceStore attendance) {
        return new ListAttendance(attendance);
    }

    @Produces
    @Singleton
    ManagePeople managePeople(PeopleStore people, FaceEngine engine, Settings settings, Clock clock) {
        return new ManagePeople(people, recognizer(engine), settings.attendanceOnErasure(), clock);
    }

    @Produces
    @Singleton
    RequestLimits requestLimits(Settings settings) {
        return new RequestLimits(
                settings.maxImageMb() * MEGABYTE, HeapShares.ofThisProcess().bodies());
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
