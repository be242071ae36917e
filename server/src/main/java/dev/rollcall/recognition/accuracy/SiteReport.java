package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.match.Calibration;
import dev.rollcall.recognition.accuracy.SiteAccuracy.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes a site's {@link SiteAccuracy} of the estimate and the marks. */
final class SiteReport {

    private SiteReport() {}

    /**
     * What is asked about.
     *
     * @param target the false match rate that is to be kept
     * @param confidence the threshold in use
     */
    record Question(String site, double target, double confidence) {}

    /**
     * Makes the report.
     *
     * @param marks reads the site's marks for given similarities
     */
    static SiteAccuracy of(
            Question question,
            SiteEstimate estimate,
            Instant at,
            Calibration calibration,
            Function<List<Double>, OwnMarks> marks) {
        List<Double> confidences = new ArrayList<>(SiteAccuracy.CONFIDENCES);
        confidences.add(question.confidence());
        List<Double> similarities =
                confidences.stream().map(calibration::similarity).toList();
        OwnMarks own = marks.apply(similarities);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < confidences.size(); i++) {
            OwnMarks.Below below = own.below().get(i);
            rows.add(new Row(
                    confidences.get(i),
                    similarities.get(i),
                    estimate.attempt(similarities.get(i)),
                    below.marks(),
                    below.people()));
        }
        Row inUse = rows.remove(rows.size() - 1);
        return new SiteAccuracy(question.site(), question.target(), inUse, rows, estimate, own, at);
    }

    /** The numbers that a move of the threshold rests on, for the audit log. */
    static Map<String, Object> reason(SiteAccuracy site, ThresholdRule.Decision decision) {
        Map<String, Object> reason = new LinkedHashMap<>();
        reason.put("old", site.inUse().confidence());
        reason.put("reason", decision.reason().name());
        reason.put("target_false_match_rate", site.target());
        reason.put("false_match_rate", rounded(site.inUse().falseMatches().value()));
        reason.put("false_match_rate_upper", rounded(site.inUse().falseMatches().upper()));
        site.row(decision.threshold()).ifPresent(row -> {
            reason.put("new_false_match_rate", rounded(row.falseMatches().value()));
            reason.put("new_false_match_rate_upper", rounded(row.falseMatches().upper()));
            reason.put("marks_below", row.marksBelow());
            reason.put("people_below", row.peopleBelow());
        });
        reason.put("people", site.estimate().people());
        reason.put("pairs", site.estimate().pairs());
        reason.put("pairs_set_aside", site.estimate().pairsSetAside());
        reason.put("marks", site.marks().marks());
        return reason;
    }

    /** A rate with two significant digits. */
    private static double rounded(double rate) {
        return new BigDecimal(rate).round(new MathContext(2)).doubleValue();
    }
}
