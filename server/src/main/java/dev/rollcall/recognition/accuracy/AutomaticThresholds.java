package dev.rollcall.recognition.accuracy;

import dev.rollcall.recognition.Thresholds;
import dev.rollcall.recognition.accuracy.AccuracyStore.SiteRow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The thresholds that the sites' galleries have led to, as the store has them. A site without one has the lowest,
 * 0.80. Safe for use by several threads.
 */
public final class AutomaticThresholds implements Thresholds {

    /** The lowest threshold, and that of a site for which none was chosen. */
    public static final double LOWEST = ThresholdRule.LOWEST;

    private volatile Map<String, Double> bySite = Map.of();

    /** Takes the thresholds from the store; a value out of range counts as its nearest end. */
    void set(AccuracyStore.Sites sites) {
        Map<String, Double> chosen = new HashMap<>();
        for (SiteRow site : sites.sites()) {
            Double threshold = site.threshold();
            if (threshold != null) {
                chosen.put(site.site(), Math.max(LOWEST, Math.min(ThresholdRule.HIGHEST, threshold)));
            }
        }
        bySite = Map.copyOf(chosen);
    }

    @Override
    public double confidence(String site) {
        @Nullable Double chosen = bySite.get(site);
        return chosen == null ? LOWEST : chosen;
    }
}
