package dev.rollcall.metrics;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The numbers of other parts of the service that the metrics tell, asked for whenever the metrics are. */
public final class Gauges {

    /** Counting reads an index from one end to the other. */
    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    private static final String ALL = "";

    private Gauges() {}

    /**
     * Where the numbers come from.
     *
     * @param running analyses under way
     * @param waiting analyses that wait for a thread
     * @param storeUp whether the database can be reached
     * @param counts how many people and templates there are, or empty when the database can't be asked
     */
    public record Sources(
            DoubleSupplier running,
            DoubleSupplier waiting,
            BooleanSupplier storeUp,
            Supplier<Optional<Counts>> counts) {}

    /** How many people and templates there are. */
    public record Counts(long people, long templates) {}

    /** Registers the gauges with the metrics. */
    public static void connect(ServiceMetrics metrics, ServiceFacts facts, Sources sources) {
        metrics.describe(facts.version(), facts.model(), facts.liveness());
        metrics.watch("rollcall_analyses_running", "Analyses under way", sources.running());
        metrics.watch("rollcall_analyses_waiting", "Analyses that wait for a thread", sources.waiting());
        metrics.watch(
                "rollcall_store_up",
                "Whether the database can be reached",
                () -> sources.storeUp().getAsBoolean() ? 1 : 0);
        LoadingCache<String, Optional<Counts>> counted = Caffeine.newBuilder()
                .expireAfterWrite(COUNTED_EVERY)
                .build(all -> sources.counts().get());
        metrics.watch("rollcall_people", "People enrolled", () -> number(counted, Counts::people));
        metrics.watch("rollcall_templates", "Templates of all models", () -> number(counted, Counts::templates));
    }

    private static double number(LoadingCache<String, Optional<Counts>> counted, ToLongFunction<Counts> which) {
        return counted.get(ALL)
                .map(counts -> (double) which.applyAsLong(counts))
                .orElse(Double.NaN);
    }
}
