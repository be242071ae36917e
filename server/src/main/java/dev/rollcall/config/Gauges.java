package dev.rollcall.config;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rollcall.api.HealthResource.ServiceFacts;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.usecase.AnalysisPool;
import dev.rollcall.usecase.PeopleStore;
import dev.rollcall.usecase.PeopleStore.Held;
import dev.rollcall.usecase.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** Says which numbers of other parts the metrics are to tell. */
final class Gauges {

    /** Counting reads an index from one end to the other. */
    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    private Gauges() {}

    static void connect(
            ServiceMetrics metrics, ServiceFacts facts, AnalysisPool pool, Backend backend, PeopleStore people) {
        metrics.describe(facts.version(), facts.model(), facts.liveness());
        metrics.watch("rollcall_analyses_running", "Analyses under way", pool::running);
        metrics.watch("rollcall_analyses_waiting", "Analyses that wait for a thread", pool::waiting);
        metrics.watch(
                "rollcall_store_up",
                "Whether the database can be reached",
                () -> backend.problem().isEmpty() ? 1 : 0);
        LoadingCache<String, Optional<Held>> counted =
                Caffeine.newBuilder().expireAfterWrite(COUNTED_EVERY).build(unused -> held(people));
        metrics.watch("rollcall_people", "People enrolled", () -> number(counted, false));
        metrics.watch("rollcall_templates", "Templates of all models", () -> number(counted, true));
    }

    private static double number(LoadingCache<String, Optional<Held>> counted, boolean templates) {
        return counted.get("")
                .map(held -> (double) (templates ? held.templates() : held.people()))
                .orElse(Double.NaN);
    }

    private static Optional<Held> held(PeopleStore people) {
        try {
            return Optional.of(people.count());
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }
}
