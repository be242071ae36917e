package dev.rollcall.metrics;

import dev.rollcall.recognition.accuracy.AccuracyMonitor;
import dev.rollcall.recognition.accuracy.SiteAccuracy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The gauges of each site's accuracy, of the first {@value #MOST_SITES} sites. */
public final class SiteGauges {

    private static final int MOST_SITES = 200;

    private final ServiceMetrics metrics;
    private final AccuracyMonitor monitor;

    private SiteGauges(ServiceMetrics metrics, AccuracyMonitor monitor) {
        this.metrics = metrics;
        this.monitor = monitor;
    }

    /** Registers the gauges with the metrics. */
    public static void connect(ServiceMetrics metrics, AccuracyMonitor monitor) {
        SiteGauges gauges = new SiteGauges(metrics, monitor);
        gauges.add("threshold", "The threshold in use", site -> site.inUse().confidence());
        gauges.add(
                "false_match_rate",
                "The estimated share of attempts with another person's face that match",
                site -> site.inUse().falseMatches().value());
        gauges.add("false_match_rate_upper", "The upper bound of the false match rate", site -> site.inUse()
                .falseMatches()
                .upper());
        gauges.add("target_false_match_rate", "The false match rate that is to be kept", SiteAccuracy::target);
        gauges.add(
                "recommended_threshold",
                "The lowest threshold that keeps the target, if one does",
                site -> site.recommended().orElse(Double.NaN));
        gauges.add("compared_people", "People whose templates the estimate rests on", site -> site.estimate()
                .people());
        gauges.add(
                "pairs_set_aside",
                "Pairs of people that are as similar as one person's pictures",
                site -> site.estimate().pairsSetAside());
    }

    private void add(String name, String help, ToDoubleFunction<SiteAccuracy> value) {
        metrics.addGauge("rollcall_site_" + name, help, "site", () -> values(value));
    }

    private Map<String, Double> values(ToDoubleFunction<SiteAccuracy> value) {
        Map<String, Double> values = new LinkedHashMap<>();
        monitor.all().stream()
                .sorted(Comparator.comparing(SiteAccuracy::site))
                .limit(MOST_SITES)
                .forEach(site -> values.put(site.site(), value.applyAsDouble(site)));
        return values;
    }
}
