package dev.rollcall.metrics;

import dev.rollcall.engine.EngineRuntime;
import java.time.Instant;
import java.util.Locale;

/**
 * Facts that are constant while the service runs.
 *
 * @param version the program's version
 * @param engine facts of the engine
 * @param startedAt when the service started, before it listened
 */
public record ServiceFacts(String version, Engine engine, Instant startedAt) {

    /**
     * Facts of the engine.
     *
     * @param model the embedder's id
     * @param liveness the liveness mode in lower case
     * @param runtime what computes the models
     */
    public record Engine(String model, String liveness, EngineRuntime runtime) {

        /** The runtime in lower case. */
        public String runtimeName() {
            return runtime.kind().name().toLowerCase(Locale.ROOT);
        }
    }
}
