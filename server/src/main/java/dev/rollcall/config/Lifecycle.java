package dev.rollcall.config;

import dev.rollcall.api.HealthResource.ServiceFacts;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.security.ApiKeys;
import dev.rollcall.usecase.AnalysisPool;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Opens everything before the first request is taken, and closes it in the opposite order. */
@ApplicationScoped
class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    void start(
            @Observes StartupEvent event,
            Backend backend,
            ApiKeys keys,
            Sweeper sweeper,
            ServiceFacts facts,
            Clock clock) {
        keys.createFirst(clock).ifPresent(Lifecycle::print);
        sweeper.start();
        LOG.infof(
                "Rollcall %s, model %s, liveness %s, database %s",
                facts.version(), facts.model(), facts.liveness(), backend.kind());
    }

    @SuppressWarnings("SystemOut")
    private static void print(String key) {
        System.out.printf("""

                No API_KEY is set, so this one was made. It is shown only now; the database (table api_keys) keeps
                its hash alone. Send it as X-API-Key, or set API_KEY to a key of your own.

                    %s

                """, key);
    }

    void stop(@Observes ShutdownEvent event, AnalysisPool pool, FaceEngine engine, Sweeper sweeper, Backend backend) {
        pool.close();
        sweeper.close();
        engine.close();
        backend.close();
    }
}
