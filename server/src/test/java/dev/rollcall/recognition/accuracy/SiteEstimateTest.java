package dev.rollcall.recognition.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.ImpostorTail;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The estimate of false match rates, on people whose similarities are known. */
class SiteEstimateTest {

    private static final double DEFAULT = 0.4503;

    @Test
    void estimate_isWithinItsBoundForPeopleAlikeToAnyDegree() throws InterruptedException {
        int within = 0;
        int cases = 0;
        for (double common : new double[] {0, 0.1, 0.2, 0.3}) {
            MadeUpGallery population = new MadeUpGallery(cases, common, 0.3);
            List<List<Embedding>> everybody = population.people(700, 1);
            double threshold = thresholdAt(everybody, 3e-4);
            double rate = MadeUpGallery.fmr(everybody, threshold);
            for (int size : new int[] {40, 100, 200}) {
                for (int from = 0; from + size <= 600; from += 200) {
                    Rate estimated = MadeUpGallery.estimate(everybody.subList(from, from + size))
                            .rates()
                            .at(threshold);
                    within += rate <= estimated.upper() ? 1 : 0;
                    cases++;
                    assertThat(estimated.value()).isBetween(rate / 12, rate * 12);
                }
            }
        }
        assertThat((double) within / cases).isGreaterThan(0.9);
    }

    /** The lowest threshold, in steps, that at most so many pairs of people with one template each reach. */
    private static double thresholdAt(List<List<Embedding>> people, double fmr) {
        List<Double> similarities = new ArrayList<>();
        for (int one = 0; one < 300; one++) {
            for (int other = 0; other < one; other++) {
                similarities.add(
                        people.get(one).get(0).similarity(people.get(other).get(0)));
            }
        }
        double threshold = 0.1;
        while (shareFrom(threshold, similarities) > fmr) {
            threshold += 0.02;
        }
        return threshold;
    }

    private static double shareFrom(double threshold, List<Double> similarities) {
        long reaching = similarities.stream()
                .filter(similarity -> similarity >= threshold)
                .count();
        return (double) reaching / similarities.size();
    }

    @Test
    void boundOfIndependentPairs_holdsForNineteenOfTwentySites() throws InterruptedException {
        Random random = new Random(5);
        double mean = 0.05;
        double deviation = 0.12;
        double rate = new ImpostorTail(mean, deviation).fmr(DEFAULT);
        int within = 0;
        int sites = 60;
        List<Double> ratios = new ArrayList<>();
        for (int site = 0; site < sites; site++) {
            PairCounts counts = new PairCounts(80);
            for (int one = 0; one < 80; one++) {
                for (int other = 0; other < one; other++) {
                    counts.add(one, other, mean + deviation * random.nextGaussian(), 1);
                }
            }
            Rate estimated = FalseMatchRates.of(counts, MadeUpGallery.BUILT_IN, Pace.full())
                    .at(DEFAULT);
            within += rate <= estimated.upper() ? 1 : 0;
            ratios.add(estimated.value() / rate);
        }
        ratios.sort(Double::compare);

        assertThat(within).isGreaterThanOrEqualTo(sites * 9 / 10);
        assertThat(ratios.get(sites / 2)).isBetween(0.5, 2.0);
    }

    @Test
    void withoutPeople_theEstimateIsUncertain() throws InterruptedException {
        SiteEstimate nobody = MadeUpGallery.estimate(List.of());

        Rate rate = nobody.rates().at(DEFAULT);
        assertThat(nobody.isEnough()).isFalse();
        assertThat(rate.value()).isBetween(MadeUpGallery.BUILT_IN.fmr(DEFAULT), 1e-3);
        assertThat(rate.upper()).isGreaterThan(10 * rate.value());
    }

    @Test
    void morePeople_makeTheBoundNarrower() throws InterruptedException {
        MadeUpGallery population = new MadeUpGallery(7, 0.1, 0.3);
        Rate few = MadeUpGallery.estimate(population.people(20, 1)).rates().at(DEFAULT);
        Rate many = MadeUpGallery.estimate(population.people(400, 1)).rates().at(DEFAULT);

        assertThat(many.upper() / many.value()).isLessThan(few.upper() / few.value() / 2);
    }

    @Test
    void onePersonUnderTwoIds_isSetAsideAndChangesLittle() throws InterruptedException {
        MadeUpGallery population = new MadeUpGallery(3, 0.1, 0.1);
        List<List<Embedding>> people = population.people(100, 2);
        List<List<Embedding>> doubled = new ArrayList<>();
        for (List<Embedding> person : people) {
            doubled.add(person.subList(0, 1));
        }
        SiteEstimate before = MadeUpGallery.estimate(doubled);
        doubled.add(people.get(0).subList(1, 2));
        doubled.add(people.get(1).subList(1, 2));
        SiteEstimate after = MadeUpGallery.estimate(doubled);

        assertThat(before.pairsSetAside()).isZero();
        assertThat(after.pairsSetAside()).isEqualTo(2);
        assertThat(after.rates().at(DEFAULT).upper()
                        / before.rates().at(DEFAULT).upper())
                .isBetween(0.7, 1.4);
    }

    @Test
    void declaredLookAlikes_areNotCompared() throws InterruptedException {
        GallerySample sample = new GallerySample();
        Embedding face = new MadeUpGallery(3, 0, 0).person(1).get(0);
        sample.add("ann", List.of(face), Set.of("bea"));
        sample.add("bea", List.of(face), Set.of("ann"));
        sample.add("carl", List.of(face), Set.of());

        PairCounts counts = PairCounts.of(sample, Pace.full());

        assertThat(counts.pairs()).isCloseTo(2, within(1e-9));
    }

    @Test
    void templatesOfAPerson_countAsTheBestOfThem() throws InterruptedException {
        List<List<Embedding>> people = new MadeUpGallery(11, 0.1, 0.4).people(150, 5);
        List<List<Embedding>> first =
                people.stream().map(own -> own.subList(0, 1)).toList();
        double threshold = 0.3;

        double one = MadeUpGallery.estimate(first).rates().at(threshold).value();
        double best = MadeUpGallery.estimate(people).rates().at(threshold).value();

        assertThat(best / one)
                .isCloseTo(MadeUpGallery.fmr(people, threshold) / MadeUpGallery.fmr(first, threshold), within(1.0))
                .isGreaterThan(1.5);
    }

    @Test
    void pairs_areCountedAsTheExactComparisonDoes() throws InterruptedException {
        List<List<Embedding>> people = new ArrayList<>(new MadeUpGallery(2, 0.2, 0.3).people(30, 1));
        people.addAll(new MadeUpGallery(2, 0.2, 0.3).people(7, 3));
        PairCounts counts = PairCounts.of(MadeUpGallery.sample(people), Pace.full());

        double above = counts.between(PairCounts.step(0.2), PairCounts.STEPS);

        assertThat(counts.pairs()).isCloseTo(37 * 36 / 2, within(1e-6));
        double exact = 0;
        for (int i = 0; i < people.size(); i++) {
            for (int j = 0; j < i; j++) {
                exact += share(people.get(i), people.get(j), 0.2);
            }
        }
        assertThat(above).isCloseTo(exact, within(1e-6));
    }

    private static double share(List<Embedding> one, List<Embedding> other, double threshold) {
        List<Double> best = new ArrayList<>();
        one.forEach(face ->
                best.add(other.stream().mapToDouble(face::similarity).max().orElseThrow()));
        other.forEach(face ->
                best.add(one.stream().mapToDouble(face::similarity).max().orElseThrow()));
        return (double) best.stream().filter(value -> value >= threshold).count() / best.size();
    }

    @Test
    void ratesFall_withTheThreshold() throws InterruptedException {
        SiteEstimate estimate = MadeUpGallery.estimate(new MadeUpGallery(1, 0.3, 0.3).people(60, 2));

        for (double similarity = 0; similarity < 0.99; similarity += 0.01) {
            Rate lower = estimate.rates().at(similarity);
            Rate higher = estimate.rates().at(similarity + 0.01);
            assertThat(higher.value()).isLessThanOrEqualTo(lower.value());
            assertThat(higher.upper()).isLessThanOrEqualTo(lower.upper());
            assertThat(lower.value()).isLessThanOrEqualTo(lower.upper());
        }
    }

    @Test
    void largeGallery_isSampledUpToAFixedNumberOfTemplates() {
        GallerySample sample = new GallerySample();
        List<Embedding> own = new MadeUpGallery(1, 0, 0.3).person(3);
        int added = 0;
        while (sample.add("p" + added, own, Set.of())) {
            added++;
        }

        assertThat(sample.templates()).isEqualTo(1998).isLessThanOrEqualTo(GallerySample.MAX_TEMPLATES);
        assertThat(sample.isComplete()).isFalse();
    }
}
