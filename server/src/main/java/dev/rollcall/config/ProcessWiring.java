package dev.rollcall.config;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.WatchedClock;
import dev.rollcall.audit.Retention;
import dev.rollcall.audit.RetentionReport;
import dev.rollcall.audit.Sweeper;
import dev.rollcall.config.process.FullHeap;
import dev.rollcall.config.process.StuckEventLoops;
import dev.rollcall.config.process.Watchdog;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.keys.Pairings;
import dev.rollcall.keys.PhoneLinks;
import dev.rollcall.keys.SessionStore;
import dev.rollcall.metrics.ServiceFacts;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.pins.Pins;
import dev.rollcall.recognition.AnswerStore;
import dev.rollcall.recognition.accuracy.AccuracyKeeper;
import dev.rollcall.recognition.challenge.Challenges;
import dev.rollcall.recognition.gallery.GalleryKeeper;
import dev.rollcall.recognition.imports.ImportStore;
import dev.rollcall.recognition.imports.ImportWorker;
import dev.rollcall.store.function.FunctionAttendanceStore;
import dev.rollcall.store.function.FunctionAuditStore;
import dev.rollcall.store.function.FunctionSessionStore;
import dev.rollcall.webhooks.EventUpkeep;
import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates what belongs to the process: settings, clock, metrics and background threads. */
@ApplicationScoped
class ProcessWiring {

    @Produces
    @Singleton
    Settings settings() {
        return SettingsCheck.settings();
    }

    /** The clock of the whole service. */
    @Produces
    @Singleton
    WatchedClock clock() {
        return new WatchedClock(Clock.systemUTC(), System::nanoTime, ClockCheck::warn);
    }

    @Produces
    @Singleton
    ClockCheck clockCheck(WatchedClock clock, AttendanceStore attendance, EventUpkeep events) {
        return new ClockCheck(clock, attendance, events);
    }

    @Produces
    @Singleton
    ServiceMetrics metrics() {
        return new ServiceMetrics();
    }

    @Produces
    @Singleton
    ServiceFacts facts(
            FaceEngine engine,
            Settings settings,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        String liveness = settings.livenessMode().name().toLowerCase(Locale.ROOT);
        return new ServiceFacts(
                version, new ServiceFacts.Engine(engine.modelId(), liveness, engine.runtime()), clock.instant());
    }

    @Produces
    @Singleton
    Lifecycle.Background background(
            Backend backend,
            Settings settings,
            Clock clock,
            GalleryKeeper galleryKeeper,
            AccuracyKeeper accuracyKeeper,
            ImportWorker importWorker,
            ImportStore imports,
            Pairings pairings,
            PhoneLinks phoneLinks,
            Challenges challenges,
            Pins pins,
            EventUpkeep events,
            @MainEventLoopGroup EventLoopGroup eventLoops) {
        FunctionAuditStore audit = new FunctionAuditStore(backend.functions());
        Retention.Periods periods = new Retention.Periods(
                settings.attendanceRetentionDays(), settings.auditRetentionDays(), settings.timeZone());
        AnswerStore answers = new FunctionAttendanceStore(backend.functions());
        SessionStore sessions = new FunctionSessionStore(backend.functions());
        Sweeper sweeper = new Sweeper(List.of(
                new Sweeper.Job("remove expired answers", 1, () -> answers.sweep(clock.instant())),
                new Sweeper.Job("remove ended sessions", 1, () -> sessions.sweep(clock.instant())),
                new Sweeper.Job("remove expired pairings", 1, pairings::sweep),
                new Sweeper.Job("remove expired links for phones", 1, phoneLinks::sweep),
                new Sweeper.Job("remove expired challenges", 1, challenges::sweep),
                new Sweeper.Job("remove old counts of PINs", 1, pins::sweep),
                new Sweeper.Job(
                        "remove old imports",
                        24,
                        () -> imports.sweep(clock.instant().minus(ImportStore.KEPT), clock.instant())),
                new Sweeper.Job(
                        "remove old events",
                        1,
                        () -> events.sweep(
                                clock.instant().minus(Duration.ofDays(settings.webhookRetentionDays())),
                                clock.instant())),
                new Sweeper.Job("retention", 24, new RetentionReport(new Retention(audit, periods, clock), audit))));
        return new Lifecycle.Background(
                sweeper,
                new Watchdog(List.of(new FullHeap(), new StuckEventLoops(() -> eventLoops))),
                galleryKeeper,
                accuracyKeeper,
                importWorker);
    }
}
