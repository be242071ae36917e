package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.StageListener;
import dev.rollcall.http.connection.HeapShares;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.sites.LivenessMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Creates the engine and its pool of threads. */
@ApplicationScoped
class EngineWiring {

    private static final Logger LOG = Logger.getLogger(EngineWiring.class);
    private static final int QUEUE_PER_THREAD = 16;

    @Produces
    @Singleton
    FaceEngine engine(Settings settings) {
        return open(settings);
    }

    static FaceEngine open(Settings settings) {
        boolean liveness = settings.livenessMode() != LivenessMode.OFF;
        FaceEngine engine = new FaceEngine(new EngineOptions(
                settings.maxImageMegapixels(),
                Math.min(
                        EngineOptions.DEFAULT_PICTURE_BYTES,
                        HeapShares.ofThisProcess().decoding()),
                liveness,
                runtime(settings),
                settings.modelDir().orElse(null)));
        if (engine.runtime().isFallback()) {
            LOG.warnf(
                    "ONNX Runtime's native library can't be used: %s. The models are computed in Java instead: the results are"
                            + " the same, but each analysis takes several times as long. Remove the cause, or set"
                            + " ENGINE_RUNTIME=java so that the launcher uses the JVM flags for this (docs/deploy.md).",
                    engine.runtime().fallbackReason());
        }
        return engine;
    }

    /** What computes the models and the products of the gallery. */
    static RuntimeOptions runtime(Settings settings) {
        return new RuntimeOptions(settings.engineRuntime(), settings.dataDir().resolve("native"));
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
