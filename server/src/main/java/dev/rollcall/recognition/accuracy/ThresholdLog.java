package dev.rollcall.recognition.accuracy;

import dev.rollcall.recognition.accuracy.ThresholdRule.Reason;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The log of thresholds that don't keep their target: once for each change of the finding. Not safe for use by several threads. */
final class ThresholdLog {

    private static final Logger LOG = Logger.getLogger(ThresholdLog.class);

    private final Map<String, Finding> logged = new HashMap<>();

    /** What was logged last about a site. */
    private record Finding(boolean keeps, double threshold, double target) {}

    /**
     * Logs what is known of a site, unless that was logged before.
     *
     * @param automatic what the rule of automatic thresholds says, or null for fixed ones
     */
    void report(SiteAccuracy site, @Nullable Reason automatic) {
        if (site.hasTooFewData()) {
            return;
        }
        Finding finding = new Finding(site.keepsTarget(), site.inUse().confidence(), site.target());
        Finding before = logged.put(site.site(), finding);
        if (finding.equals(before) || (finding.keeps() && (before == null || before.keeps()))) {
            return;
        }
        if (finding.keeps()) {
            LOG.infof(
                    "site %s: the threshold %.2f keeps the false match rate of %s",
                    site.site(), finding.threshold(), rate(site.target()));
        } else if (automatic != Reason.RISES) {
            LOG.warn(warning(site, automatic));
        }
    }

    /** The sentence that a threshold doesn't keep its target, and what would. */
    static String warning(SiteAccuracy site, @Nullable Reason automatic) {
        Rate rate = site.inUse().falseMatches();
        String remedy = automatic == null ? remedy(site.recommended()) : reason(automatic);
        return String.format(
                Locale.ROOT,
                "site %s: at the threshold %.2f an estimated %s of the attempts with another person's face match, at most %s,"
                        + " while TARGET_FALSE_MATCH_RATE is %s; %s (GET /v1/sites/%s/accuracy)",
                site.site(),
                site.inUse().confidence(),
                rate(rate.value()),
                rate(rate.upper()),
                rate(site.target()),
                remedy,
                site.site());
    }

    private static String remedy(OptionalDouble recommended) {
        return recommended.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "CONFIDENCE_THRESHOLD=%.2f would keep it, and auto moves towards it, up to 0.95",
                        recommended.getAsDouble())
                : "no threshold up to 0.99 would keep it";
    }

    private static String reason(Reason reason) {
        return reason == Reason.HELD_BY_OWN_MARKS
                ? "a higher one would refuse too many of the site's own people: enroll them again with the site's camera"
                : "no higher one is chosen automatically";
    }

    /** Logs that a threshold was moved. */
    void moved(SiteAccuracy site, ThresholdRule.Decision decision) {
        LOG.infof(
                "site %s: the threshold %s from %.2f to %.2f",
                site.site(),
                decision.reason() == Reason.RISES ? "rises" : "falls",
                site.inUse().confidence(),
                decision.threshold());
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%.1e", rate);
    }
}
