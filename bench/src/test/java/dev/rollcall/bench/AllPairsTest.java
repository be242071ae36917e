package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllPairsTest {

    @Test
    void everyPair_isCountedOnce() {
        AllPairs pairs = AllPairs.of(Map.of(
                new Picture("anna", "1"), direction(0),
                new Picture("anna", "2"), direction(30),
                new Picture("bert", "1"), direction(90)));

        assertThat(pairs.genuineCount()).isEqualTo(1);
        assertThat(pairs.impostorCount()).isEqualTo(2);
        assertThat(pairs.impostorsFrom(0.4)).as("60 degrees apart").isEqualTo(1);
        assertThat(pairs.fmr(0.4)).isEqualTo(0.5);
        assertThat(pairs.fnmr(0.86)).isZero();
        assertThat(pairs.fnmr(0.87)).isEqualTo(1);
    }

    @Test
    void similarityAtFmr_isTheLowestThatKeepsIt() {
        AllPairs pairs = AllPairs.of(List.of(0.9), List.of(0.1, 0.2, 0.3, 0.4));

        double similarity = pairs.similarityAtFmr(0.25);

        assertThat(similarity).isBetween(0.3, 0.302);
        assertThat(pairs.fmr(similarity)).isEqualTo(0.25);
    }

    @Test
    void logisticFit_findsTheCurveThatMadeTheLabels() {
        Random random = new Random(1);
        Calibration truth = new Calibration(10, 0.3);
        List<Double> genuine = new ArrayList<>();
        List<Double> impostors = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            double similarity = random.nextDouble() * 1.2 - 0.3;
            (random.nextDouble() < truth.confidence(similarity) ? genuine : impostors).add(similarity);
        }

        Calibration fitted =
                LogisticFit.fit(AllPairs.of(genuine, impostors), (double) impostors.size() / genuine.size());

        assertThat(fitted.slope()).isCloseTo(10, within(0.3));
        assertThat(fitted.middle()).isCloseTo(0.3, within(0.01));
    }

    @Test
    void tailFit_findsTheDistributionThatMadeTheImpostors() {
        Random random = new Random(2);
        List<Double> impostors = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            impostors.add(0.02 + 0.08 * random.nextGaussian());
        }

        ImpostorTail fitted = TailFit.fit(AllPairs.of(List.of(0.9), impostors));

        assertThat(fitted.mean()).isCloseTo(0.02, within(0.01));
        assertThat(fitted.deviation()).isCloseTo(0.08, within(0.004));
    }

    private static Embedding direction(double degrees) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[0] = (float) Math.cos(Math.toRadians(degrees));
        vector[1] = (float) Math.sin(Math.toRadians(degrees));
        return Embedding.normalized(vector);
    }
}
