package dev.rollcall.recognition.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.recognition.accuracy.SiteAccuracy.Row;
import dev.rollcall.recognition.accuracy.ThresholdRule.Decision;
import dev.rollcall.recognition.accuracy.ThresholdRule.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The rule by which automatic thresholds move. */
class ThresholdRuleTest {

    private static final double TARGET = 1e-4;
    private static final double EQUAL = 1e-9;
    private static final FalseMatchRates RATES = rates();

    /** A site where the upper bound of the rate is {@code atLowest} at 0.80 and falls by {@code factor} with each hundredth. */
    private static SiteAccuracy site(double inUse, double atLowest, double factor, int people, int firstRefused) {
        List<Row> table = new ArrayList<>();
        Row own = null;
        for (int percent = 80; percent <= 99; percent++) {
            double upper = atLowest * Math.pow(factor, percent - 80);
            int refused = percent >= firstRefused ? 30 : 0;
            Row row = new Row(percent / 100.0, 0.5, new Rate(upper / 3, upper), refused, 0);
            table.add(row);
            own = Math.abs(row.confidence() - inUse) < EQUAL ? row : own;
        }
        return new SiteAccuracy(
                "gate",
                TARGET,
                Objects.requireNonNull(own),
                table,
                new SiteEstimate(people, people, 100, 0, true, RATES),
                new OwnMarks(1000, people, Instant.EPOCH, List.of()),
                Instant.EPOCH);
    }

    private static FalseMatchRates rates() {
        try {
            return FalseMatchRates.of(new PairCounts(0), MadeUpGallery.BUILT_IN, Pace.full());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SiteAccuracy site(double inUse, double atLowest) {
        return site(inUse, atLowest, 0.7, 100, 100);
    }

    @Property(tries = 60)
    void threshold_staysInItsRangeAndMovesByStepsAndConverges(
            @ForAll @IntRange(min = -70, max = 0) int tenthsOfPowers,
            @ForAll @DoubleRange(min = 0.3, max = 0.99) double factor,
            @ForAll @IntRange(min = 80, max = 95) int start,
            @ForAll @IntRange(min = 80, max = 110) int firstRefused) {
        double atLowest = Math.pow(10, tenthsOfPowers / 10.0);
        double now = start / 100.0;
        for (int day = 0; day < 40; day++) {
            Decision decision = ThresholdRule.next(site(now, atLowest, factor, 100, firstRefused));
            assertThat(decision.threshold()).isBetween(ThresholdRule.LOWEST - EQUAL, ThresholdRule.HIGHEST + EQUAL);
            assertThat(decision.threshold() - now)
                    .isBetween(-ThresholdRule.LARGEST_FALL - EQUAL, ThresholdRule.LARGEST_RISE + EQUAL);
            now = decision.threshold();
        }
        Decision last = ThresholdRule.next(site(now, atLowest, factor, 100, firstRefused));
        assertThat(last.threshold()).isEqualTo(now);
        assertThat(last.reason()).isNotIn(Reason.RISES, Reason.FALLS, Reason.TOO_FEW_DATA);
    }

    @Test
    void threshold_risesToTheLowestThatKeepsTheTarget() {
        assertThat(ThresholdRule.next(site(0.80, 1e-3))).isEqualTo(new Decision(0.82, Reason.RISES));
        assertThat(ThresholdRule.next(site(0.86, 1e-3))).isEqualTo(new Decision(0.87, Reason.RISES));
        assertThat(ThresholdRule.next(site(0.87, 1e-3))).isEqualTo(new Decision(0.87, Reason.STAYS));
    }

    @Test
    void threshold_fallsOnlyWithAReserve() {
        // At 0.86 the bound is 9.4e-5: below the target, but not by the reserve.
        assertThat(ThresholdRule.next(site(0.87, 8e-4))).isEqualTo(new Decision(0.87, Reason.STAYS));
        assertThat(ThresholdRule.next(site(0.87, 5e-4))).isEqualTo(new Decision(0.86, Reason.FALLS));
        assertThat(ThresholdRule.next(site(0.80, 1e-7))).isEqualTo(new Decision(0.80, Reason.STAYS));
    }

    @Test
    void fewPeople_moveNothing() {
        assertThat(ThresholdRule.next(site(0.84, 0.1, 0.7, 19, 100)))
                .isEqualTo(new Decision(0.84, Reason.TOO_FEW_DATA));
    }

    @Test
    void strangeGallery_doesNotMoveItAboveTheHighest() {
        assertThat(ThresholdRule.next(site(0.94, 1, 0.99, 100, 100))).isEqualTo(new Decision(0.95, Reason.RISES));
        assertThat(ThresholdRule.next(site(0.95, 1, 0.99, 100, 100)))
                .isEqualTo(new Decision(0.95, Reason.HIGHEST_REACHED));
    }

    @Test
    void ownMarks_holdItBack() {
        assertThat(ThresholdRule.next(site(0.80, 0.1, 0.7, 100, 82))).isEqualTo(new Decision(0.81, Reason.RISES));
        assertThat(ThresholdRule.next(site(0.81, 0.1, 0.7, 100, 82)))
                .isEqualTo(new Decision(0.81, Reason.HELD_BY_OWN_MARKS));
    }
}
