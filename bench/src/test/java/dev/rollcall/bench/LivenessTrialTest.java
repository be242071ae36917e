package dev.rollcall.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.bench.LivenessTrial.Scored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivenessTrialTest {

    @Test
    void rates_areOfEachKindAndOfTheWorst() {
        LivenessTrial trial = new LivenessTrial(
                scored(new double[] {0.9, 0.8, 0.7, 0.2}, new double[] {0.1, 0.2, 0.3, 0.6}, new double[] {0.1, 0.1}));

        assertThat(trial.bpcer(0.5).rate()).isEqualTo(0.25);
        assertThat(requireNonNull(trial.apcer(0.5).get("print")).rate()).isEqualTo(0.25);
        assertThat(requireNonNull(trial.apcer(0.5).get("screen")).rate()).isZero();
        assertThat(trial.acer(0.5).rate()).isEqualTo(0.25);
        assertThat(trial.bpcer(0.1).rate()).isZero();
        assertThat(requireNonNull(trial.apcer(0.1).get("screen")).rate()).isOne();
    }

    @Test
    void equalErrorRate_isWhereBothErrorsMeet() {
        LivenessTrial separated =
                new LivenessTrial(scored(new double[] {0.9, 0.8}, new double[] {0.3}, new double[] {0.1}));
        LivenessTrial mixed = new LivenessTrial(
                scored(new double[] {0.9, 0.8, 0.7, 0.2}, new double[] {0.1, 0.1, 0.6}, new double[] {0.1}));

        assertThat(separated.equalErrorRate().rate()).isZero();
        assertThat(mixed.equalErrorRate().rate()).isEqualTo(0.25);
        assertThat(mixed.equalErrorRate().low())
                .isLessThan(mixed.equalErrorRate().high());
    }

    @Test
    void worst_areTheHighestAttacksAndTheLowestLivingFaces() {
        LivenessTrial trial =
                new LivenessTrial(scored(new double[] {0.9, 0.4, 0.8}, new double[] {0.3, 0.7}, new double[] {0.5}));

        assertThat(trial.worstAttacks(2)).extracting(Scored::score).containsExactly(0.7, 0.5);
        assertThat(trial.worstLiving(1)).extracting(Scored::score).containsExactly(0.4);
    }

    @Test
    void intervalOfOneGroup_isNearlyEverything_andOfManySmallOnes_isWilsons() {
        assertThat(Interval.ofGroups(0, new int[] {500}).high()).isCloseTo(0.793, within(0.001));
        Interval ten = Interval.ofGroups(0.1, new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        assertThat(ten.low()).isCloseTo(0.0179, within(0.0001));
        assertThat(ten.high()).isCloseTo(0.4042, within(0.0001));
    }

    private static List<Scored> scored(double[] living, double[] prints, double[] screens) {
        List<Scored> all = new ArrayList<>();
        add(all, "people", true, living);
        add(all, "print", false, prints);
        add(all, "screen", false, screens);
        return all;
    }

    private static void add(List<Scored> all, String kind, boolean live, double[] scores) {
        for (int i = 0; i < scores.length; i++) {
            all.add(new Scored(new Presentation(kind, kind + i, live, Path.of("unused.jpg")), scores[i]));
        }
    }
}
