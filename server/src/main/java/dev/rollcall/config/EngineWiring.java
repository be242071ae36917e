package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.StageListener;
import dev.rollcall.http.connection.HeapShares;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.Recognizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Creates the engine and its pool of threads. */
@ApplicationScoped
class EngineWiring {

    private static final int QUEUE_PER_THREAD = 16;

    @Produces
    @Singleton
    FaceEngine engine(Settings settings) {
        return open(settings);
    }

    static FaceEngine open(Settings settings) {
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
    AnalysisPool pool(FaceEngine engine, Settings settings, ServiceMetrics metrics) {
        return pool(engine, threads(settings), metrics);
    }

    static AnalysisPool pool(FaceEngine engine, int threads, StageListener stages) {
        return new AnalysisPool(engine, threads, QUEUE_PER_THREAD * threads, stages);
    }

    static int threads(Settings settings) {
        return settings.engineThreads().orElse(Runtime.getRuntime().availableProcessors());
    }

    @Produces
    @Singleton
    Recognizer recognizer(FaceEngine engine) {
        return new Recognizer(engine.modelId(), engine.calibration());
    }
}
