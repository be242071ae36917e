package dev.rollcall.bench;

import dev.rollcall.bench.Verification.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Error rates of a liveness score (ISO/IEC 30107-3) on pictures of living faces and of attacks. */
final class LivenessTrial {

    private static final int DRAWS = 400;
    private static final long SEED = 20_260_101;

    private final List<Scored> living;
    private final List<Scored> attacks;

    /**
     * A picture with its score.
     *
     * @param score probability of a living face, 0…1
     */
    record Scored(Presentation presentation, double score) {

        private boolean passes(double threshold) {
            return score >= threshold;
        }
    }

    LivenessTrial(List<Scored> scored) {
        living = scored.stream().filter(one -> one.presentation().live()).toList();
        attacks = scored.stream().filter(one -> !one.presentation().live()).toList();
        if (living.isEmpty() || attacks.isEmpty()) {
            throw new IllegalArgumentException("both living faces and attacks are needed");
        }
    }

    /** The living faces that are refused, BPCER. */
    Interval bpcer(double threshold) {
        return rate(living, one -> !one.passes(threshold));
    }

    /** The living faces that are refused, by collection. */
    Map<String, Interval> bpcerByKind(double threshold) {
        return byKind(living, one -> !one.passes(threshold));
    }

    /** The attacks of each kind that pass, APCER. */
    Map<String, Interval> apcer(double threshold) {
        return byKind(attacks, one -> one.passes(threshold));
    }

    /** The mean of BPCER and of the highest APCER of a kind; its interval is the mean of theirs, so rather too wide. */
    Interval acer(double threshold) {
        Interval worst = apcer(threshold).values().stream()
                .max(Comparator.comparingDouble(Interval::rate).thenComparingDouble(Interval::high))
                .orElseThrow(() -> new IllegalStateException("no attacks"));
        Interval refused = bpcer(threshold);
        return new Interval(
                (worst.rate() + refused.rate()) / 2,
                (worst.low() + refused.low()) / 2,
                (worst.high() + refused.high()) / 2);
    }

    /** The error rate at the threshold where as many living faces are refused as attacks of all kinds pass. */
    Interval equalErrorRate() {
        Random random = new Random(SEED);
        double[] samples = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            samples[i] = equalErrorRate(drawn(living, random), drawn(attacks, random));
        }
        return Interval.percentiles(equalErrorRate(living, attacks), samples);
    }

    /** Attacks of all kinds against living faces: attacks that pass are false matches, living faces refused false non-matches. */
    Verification allKinds() {
        return verification(living, attacks);
    }

    private static double equalErrorRate(List<Scored> living, List<Scored> attacks) {
        return verification(living, attacks).equalErrorRate();
    }

    private static Verification verification(List<Scored> living, List<Scored> attacks) {
        List<Score> scores = Stream.concat(living.stream(), attacks.stream())
                .map(one -> new Score(one.score(), one.presentation().live(), 0))
                .toList();
        return new Verification(scores);
    }

    /** The pictures of as many subjects, drawn with replacement: those of one subject are alike. */
    private static List<Scored> drawn(List<Scored> pictures, Random random) {
        List<List<Scored>> subjects = List.copyOf(bySubject(pictures).values());
        List<Scored> drawn = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            drawn.addAll(subjects.get(random.nextInt(subjects.size())));
        }
        return drawn;
    }

    private static Map<String, List<Scored>> bySubject(List<Scored> pictures) {
        return pictures.stream()
                .collect(Collectors.groupingBy(
                        one -> one.presentation().kind() + "/"
                                + one.presentation().subject(),
                        TreeMap::new,
                        Collectors.toList()));
    }

    private static Map<String, Interval> byKind(List<Scored> pictures, Event event) {
        Map<String, Interval> rates = new TreeMap<>();
        pictures.stream()
                .collect(Collectors.groupingBy(one -> one.presentation().kind()))
                .forEach((kind, own) -> rates.put(kind, rate(own, event)));
        return rates;
    }

    /** What is counted. */
    private interface Event {
        boolean in(Scored scored);
    }

    private static Interval rate(List<Scored> pictures, Event event) {
        long events = pictures.stream().filter(event::in).count();
        return Interval.ofGroups(
                (double) events / pictures.size(),
                bySubject(pictures).values().stream().mapToInt(List::size).toArray());
    }

    /** The attacks that come closest to passing, or pass, the most successful first. */
    List<Scored> worstAttacks(int count) {
        return attacks.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(count)
                .toList();
    }

    /** The living faces with the lowest scores. */
    List<Scored> worstLiving(int count) {
        return living.stream()
                .sorted(Comparator.comparingDouble(Scored::score))
                .limit(count)
                .toList();
    }
}
