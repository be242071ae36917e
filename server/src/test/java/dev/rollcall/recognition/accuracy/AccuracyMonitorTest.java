package dev.rollcall.recognition.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.recognition.FixedThreshold;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.recognition.Thresholds;
import dev.rollcall.recognition.accuracy.AccuracyStore.Move;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The estimates of sites, and the movement of their thresholds from day to day. */
class AccuracyMonitorTest {

    private static final double TARGET = 1e-4;

    private final SetClock clock = new SetClock();
    private final MadeUpSites store = new MadeUpSites(clock);

    /** A clock that stands until it is moved. */
    private static final class SetClock extends Clock {

        private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");

        private Instant now = BEGIN;

        long elapsedNanos() {
            return Duration.between(BEGIN, now).toNanos();
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private AccuracyMonitor monitor(Thresholds thresholds) {
        return new AccuracyMonitor(
                store,
                new Recognizer("model@1", new Calibration(10.8, 0.322)),
                MadeUpGallery.BUILT_IN,
                new AccuracyMonitor.Policy(thresholds, TARGET),
                new AccuracyMonitor.Time(clock, clock::elapsedNanos));
    }

    private static List<List<Embedding>> alike(int people) {
        return new MadeUpGallery(9, 0.3, 0.3).people(people, 1);
    }

    @Test
    void site_isReportedWithItsTable() throws InterruptedException {
        store.setPeople("", alike(60));
        AccuracyMonitor monitor = monitor(new FixedThreshold(0.83));
        assertThat(monitor.find("default")).isEmpty();

        monitor.update(Pace.full());

        SiteAccuracy site = monitor.find("default").orElseThrow();
        assertThat(site.table()).hasSize(20);
        assertThat(site.table())
                .extracting(SiteAccuracy.Row::confidence)
                .startsWith(0.80, 0.81)
                .endsWith(0.99);
        assertThat(site.inUse().confidence()).isEqualTo(0.83);
        assertThat(site.inUse()).isEqualTo(site.row(0.83).orElseThrow());
        assertThat(site.estimate().pairs()).isEqualTo(60 * 59 / 2);
        assertThat(site.keepsTarget()).isFalse();
        assertThat(site.recommended().orElseThrow()).isGreaterThan(0.83);
        assertThat(monitor.exists("moon")).isFalse();
        assertThat(store.moves).isEmpty();
    }

    @Test
    void fewPeople_giveNoRecommendation() throws InterruptedException {
        store.setPeople("", alike(SiteEstimate.LEAST_PEOPLE - 1));
        AccuracyMonitor monitor = monitor(new AutomaticThresholds());

        monitor.update(Pace.full());

        SiteAccuracy site = monitor.find("default").orElseThrow();
        assertThat(site.hasTooFewData()).isTrue();
        assertThat(site.recommended()).isEmpty();
        assertThat(store.moves).isEmpty();
    }

    @Test
    void unchangedGallery_isNotReadAgain() throws InterruptedException {
        store.setPeople("", alike(25));
        AccuracyMonitor monitor = monitor(new FixedThreshold(0.8));
        monitor.update(Pace.full());
        int readings = store.readings;

        clock.pass(Duration.ofHours(2));
        monitor.update(Pace.full());

        assertThat(store.readings).isEqualTo(readings);
    }

    @Test
    void changedGallery_isReadAgain() throws InterruptedException {
        store.setPeople("", alike(25));
        AccuracyMonitor monitor = monitor(new FixedThreshold(0.8));
        monitor.update(Pace.full());

        store.setPeople("", alike(30));
        clock.pass(Duration.ofHours(2));
        monitor.update(Pace.full());

        assertThat(monitor.find("default").orElseThrow().estimate().people()).isEqualTo(30);
    }

    @Test
    void changedGallery_isReadAgainAfterTwentyTimesTheDurationOfTheEstimate() throws InterruptedException {
        store.setPeople("", alike(25));
        store.readingTakes = () -> clock.pass(Duration.ofSeconds(10));
        AccuracyMonitor monitor = monitor(new FixedThreshold(0.8));
        monitor.update(Pace.full());
        Duration estimate = Duration.ofSeconds(10L * store.readings);
        int readings = store.readings;
        store.setPeople("", alike(30));

        clock.pass(estimate.multipliedBy(20).minusSeconds(1));
        monitor.update(Pace.full());
        assertThat(store.readings).isEqualTo(readings);

        clock.pass(Duration.ofSeconds(1));
        monitor.update(Pace.full());
        assertThat(store.readings).isGreaterThan(readings);
    }

    @Test
    void sites_haveTheirOwnPeopleAndTargets() throws InterruptedException {
        store.setPeople("", alike(30));
        store.addSite("gate", 0.05);
        store.addSite("plant", null);
        store.setPeople("plant", new MadeUpGallery(4, 0, 0.3).people(20, 2));
        AccuracyMonitor monitor = monitor(new FixedThreshold(0.8));

        monitor.update(Pace.full());

        assertThat(monitor.find("gate").orElseThrow().target()).isEqualTo(0.05);
        assertThat(monitor.find("gate").orElseThrow().estimate())
                .isSameAs(monitor.find("default").orElseThrow().estimate());
        assertThat(monitor.find("plant").orElseThrow().estimate().people()).isEqualTo(50);
        assertThat(monitor.find("plant").orElseThrow().estimate().templates()).isEqualTo(70);
    }

    @Test
    void twoInstances_moveAThresholdOnceADayAndAgree() throws InterruptedException {
        store.setPeople("", alike(80));
        AutomaticThresholds one = new AutomaticThresholds();
        AutomaticThresholds other = new AutomaticThresholds();
        AccuracyMonitor first = monitor(one);
        AccuracyMonitor second = monitor(other);
        double before = 0.80;
        for (int hour = 0; hour < 24 * 20; hour++) {
            (hour % 2 == 0 ? first : second).update(Pace.full());
            (hour % 2 == 0 ? second : first).update(Pace.full());
            first.update(Pace.full());
            assertThat(store.moves.size()).isLessThanOrEqualTo(hour / 24 + 1);
            double now = store.threshold("default");
            assertThat(one.confidence("default")).isEqualTo(now);
            assertThat(other.confidence("default")).isEqualTo(now);
            assertThat(now - before).isBetween(0.0, ThresholdRule.LARGEST_RISE + 1e-9);
            before = now;
            clock.pass(Duration.ofHours(1));
        }
        SiteAccuracy last = second.find("default").orElseThrow();
        assertThat(before).isGreaterThan(0.80);
        assertThat(before)
                .isCloseTo(Math.min(ThresholdRule.HIGHEST, last.recommended().orElse(1)), within(1e-9));
        assertThat(store.moves).extracting(Move::reason).allSatisfy(reason -> assertThat(reason)
                .containsKeys("old", "reason", "false_match_rate_upper", "target_false_match_rate", "people", "marks"));
    }

    @Test
    void restartedInstance_usesTheChosenThresholdAtOnce() throws InterruptedException {
        store.setPeople("", alike(80));
        monitor(new AutomaticThresholds()).update(Pace.full());
        AutomaticThresholds restarted = new AutomaticThresholds();
        assertThat(restarted.confidence("default")).isEqualTo(0.80);

        monitor(restarted).readThresholds();

        assertThat(restarted.confidence("default")).isEqualTo(0.82);
        assertThat(restarted.confidence("elsewhere")).isEqualTo(0.80);
    }

    @Test
    void smallerRisk_letsItFallAgain() throws InterruptedException {
        store.setPeople("", alike(80));
        AccuracyMonitor monitor = monitor(new AutomaticThresholds());
        monitor.update(Pace.full());
        store.setPeople("", new MadeUpGallery(1, 0, 0.1).people(200, 1));
        AccuracyMonitor later = monitor(new AutomaticThresholds());
        for (int day = 0; day < 5; day++) {
            clock.pass(Duration.ofDays(1));
            later.update(Pace.full());
        }

        assertThat(store.moves).extracting(Move::to).containsExactly(0.82, 0.81, 0.80);
    }

    @Test
    void ownMarks_holdTheThresholdBack() throws InterruptedException {
        store.setPeople("", alike(80));
        for (int i = 0; i < 100; i++) {
            store.addMark(i < 5 ? 0.452 : 0.7);
        }
        AccuracyMonitor monitor = monitor(new AutomaticThresholds());

        monitor.update(Pace.full());

        SiteAccuracy site = monitor.find("default").orElseThrow();
        assertThat(site.row(0.82).orElseThrow().marksBelow()).isEqualTo(5);
        assertThat(ThresholdRule.next(site).reason()).isEqualTo(ThresholdRule.Reason.HELD_BY_OWN_MARKS);
        assertThat(store.moves).isEmpty();
        assertThat(ThresholdLog.warning(site, ThresholdRule.Reason.HELD_BY_OWN_MARKS))
                .contains("site default", "0.80", "1.0e-04", "too many of the site's own people");
    }

    @Test
    void warning_namesWhatWouldKeepTheTarget() throws InterruptedException {
        store.setPeople("", alike(60));
        AccuracyMonitor monitor = monitor(new FixedThreshold(0.8));
        monitor.update(Pace.full());

        SiteAccuracy site = monitor.find("default").orElseThrow();
        assertThat(ThresholdLog.warning(site, null))
                .contains(
                        "CONFIDENCE_THRESHOLD=0.", "TARGET_FALSE_MATCH_RATE is 1.0e-04", "/v1/sites/default/accuracy");
    }
}
