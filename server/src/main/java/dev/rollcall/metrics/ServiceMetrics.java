package dev.rollcall.metrics;

import dev.rollcall.engine.StageListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The metrics of the service. Names follow conventions: {@code http_server_requests_seconds} is Micrometer's,
 * {@code process_…} and {@code jvm_…} are those of Prometheus' client. No label has a value from a request. Safe for use
 * by several threads.
 */
public final class ServiceMetrics implements StageListener {

    private static final double[] REQUEST_BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final double[] STAGE_BOUNDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram requests;
    private final Histogram stages;
    private final Counter refusals;
    private final Counter storeErrors;

    /** Creates the metrics and registers those of the process and the JVM. */
    public ServiceMetrics() {
        requests = Histogram.builder()
                .name("http_server_requests_seconds")
                .help("Durations of requests, by the call's path, status and code of a refusal")
                .unit(Unit.SECONDS)
                .labelNames("method", "path", "status", "code")
                .classicOnly()
                .classicUpperBounds(REQUEST_BOUNDS)
                .register(registry);
        stages = Histogram.builder()
                .name("rollcall_stage_seconds")
                .help("Durations of the stages of an analysis")
                .unit(Unit.SECONDS)
                .labelNames("stage")
                .classicOnly()
                .classicUpperBounds(STAGE_BOUNDS)
                .register(registry);
        refusals = Counter.builder()
                .name("rollcall_refusals_total")
                .help("Requests that were refused, by the call's path and the code")
                .labelNames("path", "code")
                .register(registry);
        storeErrors = Counter.builder()
                .name("rollcall_store_errors_total")
                .help("Requests that failed because the database couldn't be reached")
                .register(registry);
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
    }

    /** Registers the version and the facts of the engine; to be called once. */
    public void describe(String version, ServiceFacts.Engine engine) {
        Info.builder()
                .name("rollcall_info")
                .help("What is running")
                .labelNames("version", "model", "liveness", "runtime")
                .register(registry)
                .setLabelValues(version, engine.model(), engine.liveness(), engine.runtimeName());
    }

    /** Registers a gauge that is read at each scrape; it is left out while its value is NaN. */
    public void addGauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> {
                    double now = value.getAsDouble();
                    if (!Double.isNaN(now)) {
                        callback.call(now);
                    }
                })
                .register(registry);
    }

    /**
     * Registers gauges that are read at each scrape, one for each value of a label; one is left out while its value is NaN.
     *
     * @param label the label's name; its values must be few
     */
    public void addGauge(String name, String help, String label, Supplier<Map<String, Double>> values) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> values.get().forEach((of, now) -> {
                    if (!Double.isNaN(now)) {
                        callback.call(now, of);
                    }
                }))
                .register(registry);
    }

    @Override
    public void took(Stage stage, long nanos) {
        stages.labelValues(stage.name().toLowerCase(Locale.ROOT)).observe(seconds(nanos));
    }

    /**
     * Counts a request.
     *
     * @param path the call's path with the names of its parameters
     * @param code the code of a refusal, or an empty text
     */
    public void requestEnded(String method, String path, int status, String code, long nanos) {
        requests.labelValues(method, path, Integer.toString(status), code).observe(seconds(nanos));
        if (!code.isEmpty()) {
            refusals.labelValues(path, code).inc();
        }
    }

    /** Counts a request that failed because the database couldn't be reached. */
    public void storeError() {
        storeErrors.inc();
    }

    /** Everything in Prometheus' text format, version 0.0.4. */
    public String text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
