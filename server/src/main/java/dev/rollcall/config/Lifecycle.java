package dev.rollcall.config;

import dev.rollcall.audit.Sweeper;
import dev.rollcall.config.process.Watchdog;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.metrics.Gauges;
import dev.rollcall.metrics.ServiceFacts;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.metrics.SiteGauges;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.accuracy.AccuracyKeeper;
import dev.rollcall.recognition.accuracy.AccuracyMonitor;
import dev.rollcall.recognition.gallery.GalleryKeeper;
import dev.rollcall.recognition.imports.ImportWorker;
import dev.rollcall.sites.SiteKeeper;
import dev.rollcall.sites.SitesInForce;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The start and stop of the service: opens everything before the first request, and closes it in reverse order. */
@ApplicationScoped
class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    private static final int SHORT_KEY = 16;

    /** The background threads. */
    record Background(
            Sweeper sweeper,
            Watchdog watchdog,
            GalleryKeeper galleryKeeper,
            AccuracyKeeper accuracyKeeper,
            ImportWorker importWorker) {}

    void start(
            @Observes StartupEvent event,
            Backend backend,
            Background background,
            Settings settings,
            ServiceFacts facts) {
        if (settings.apiKey().filter(key -> key.length() < SHORT_KEY).isPresent()) {
            LOG.warnf("API_KEY has fewer than %d characters and can be guessed: set a longer one", SHORT_KEY);
        }
        background.sweeper().start();
        background.watchdog().start();
        background.galleryKeeper().start();
        background.accuracyKeeper().start();
        background.importWorker().start();
        LOG.infof(
                "Rollcall %s, model %s, liveness %s, database %s",
                facts.version(), facts.engine().model(), facts.engine().liveness(), backend.kind());
    }

    /** Injection here opens each parameter, also the store of people, which fails if it lacks a template's key. */
    void measure(
            @Observes StartupEvent event,
            ServiceMetrics metrics,
            ServiceFacts facts,
            AnalysisPool pool,
            Backend backend,
            PeopleStore people) {
        Gauges.connect(
                metrics,
                facts,
                new Gauges.Sources(
                        pool::running, pool::waiting, () -> backend.problem().isEmpty(), () -> counts(people)));
    }

    /** Reads the automatic thresholds, so that the first request finds them. */
    void measureSites(@Observes StartupEvent event, ServiceMetrics metrics, AccuracyMonitor monitor) {
        monitor.readThresholds();
        SiteGauges.connect(metrics, monitor);
    }

    private static Optional<Gauges.Counts> counts(PeopleStore people) {
        try {
            PeopleStore.Held counts = people.count();
            return Optional.of(new Gauges.Counts(counts.people(), counts.templates()));
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }

    void warmUp(@Observes StartupEvent event, FaceEngine engine, AnalysisPool pool, Settings settings) {
        EngineWarmUp.begin(engine, pool, settings);
    }

    void watchClock(@Observes StartupEvent event, ClockCheck clockCheck) {
        clockCheck.start();
    }

    /** Reads the rules of the sites, so that the first request finds them. */
    void keepSites(@Observes StartupEvent event, SitesInForce sites, SiteKeeper keeper) {
        sites.refreshIfPossible();
        keeper.start();
    }

    void stopKeepingSites(@Observes ShutdownEvent event, SiteKeeper keeper) {
        keeper.close();
    }

    void stopWatching(@Observes ShutdownEvent event, ClockCheck clockCheck) {
        clockCheck.close();
    }

    void stop(
            @Observes ShutdownEvent event,
            AnalysisPool pool,
            FaceEngine engine,
            Background background,
            Backend backend) {
        background.importWorker().close();
        pool.close();
        background.sweeper().close();
        background.watchdog().close();
        background.galleryKeeper().close();
        background.accuracyKeeper().close();
        engine.close();
        backend.close();
    }
}
