package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.EngineRuntime;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.recognition.AnalysisPool;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Analyses a portrait some times after the start, if the models are computed in Java: the first analyses take up to a second each,
 * until the compiler has seen the loops. Ends as soon as a client's picture is analysed.
 */
final class EngineWarmUp {

    private static final Logger LOG = Logger.getLogger(EngineWarmUp.class);
    private static final String PORTRAIT = "/portraits/geronimo.png";

    /** The first analyses take up to thirty times as long as in the end, the twentieth one to three times: docs/performance.md. */
    private static final int ANALYSES = 20;

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private EngineWarmUp() {}

    /** Begins on a thread of its own, which doesn't keep the process from ending. */
    static void begin(FaceEngine engine, AnalysisPool pool, Settings settings) {
        if (engine.runtime().kind() != EngineRuntime.Kind.JAVA) {
            return;
        }
        AnalysisRules rules =
                AnalysisRules.recognition().withLiveness(settings.livenessMode().ofPicture());
        Thread thread = new Thread(() -> analyze(engine, pool, rules), "engine-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void analyze(FaceEngine engine, AnalysisPool pool, AnalysisRules rules) {
        try (InputStream in = EngineWarmUp.class.getResourceAsStream(PORTRAIT)) {
            if (in == null) {
                return;
            }
            byte[] portrait = in.readAllBytes();
            long end = System.nanoTime() + LIMIT.toNanos();
            for (int i = 0; i < ANALYSES && pool.running() == 0 && System.nanoTime() - end < 0; i++) {
                engine.analyze(portrait, rules);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("the warm-up ended early", e); // also when the service stops meanwhile
        }
    }
}
