package dev.rollcall.metrics;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The gauges of other parts of the service, read at each scrape. */
public final class Gauges {

    /** How long counts are cached, since counting reads a whole index. */
    private static final Duration COUNTS_CACHED = Duration.ofMinutes(1);

    private static final String ALL = "";

    private Gauges() {}

    /**
     * The sources of the gauges.
     *
     * @param running analyses in progress
     * @param waiting analyses that wait for a thread
     * @param storeUp whether the database can be reached
     * @param counts the number of people and templates, or empty when the database can't be reached
     */
    public record Sources(
            DoubleSupplier running,
            DoubleSupplier waiting,
            BooleanSupplier storeUp,
            Supplier<Optional<Counts>> counts) {}

    /** The number of people and templates. */
    public record Counts(long people, long templates) {}

    /** Registers the gauges with the metrics. */
    public static void connect(ServiceMetrics metrics, ServiceFacts facts, Sources sources) {
        metrics.describe(facts.version(), facts.engine());
        metrics.addGauge("rollcall_analyses_running", "Analyses in progress", sources.running());
        metrics.addGauge("rollcall_analyses_waiting", "Analyses that wait for a thread", sources.waiting());
        metrics.addGauge(
                "rollcall_store_up",
                "Whether the database can be reached",
                () -> sources.storeUp().getAsBoolean() ? 1 : 0);
        LoadingCache<String, Optional<Counts>> counted = Caffeine.newBuilder()
                .expireAfterWrite(COUNTS_CACHED)
                .build(all -> sources.counts().get());
        metrics.addGauge("rollcall_people", "People enrolled", () -> number(counted, Counts::people));
        metrics.addGauge("rollcall_templates", "Templates of all models", () -> number(counted, Counts::templates));
    }

    private static double number(LoadingCache<String, Optional<Counts>> counted, ToLongFunction<Counts> which) {
        return counted.get(ALL)
                .map(counts -> (double) which.applyAsLong(counts))
                .orElse(Double.NaN);
    }
}
