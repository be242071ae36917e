package dev.rollcall.bench;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Confidence intervals of rates, by drawing people with replacement: pictures of one person are alike, so neither pictures nor
 * pairs are independent.
 *
 * <p>A pair of two people weighs the product of how often each was drawn (Snijders and Borgatti, Non-parametric standard errors
 * and tests for network statistics, 1999).
 */
final class PersonBootstrap {

    private static final int DRAWS = 2000;
    private static final long SEED = 20_260_101;

    private final int people;
    private final int[][] weights;

    /** A false match of a probe of one person with another person, both by their place in the gallery. */
    record Match(int asking, int claimed) {}

    PersonBootstrap(int people) {
        this.people = people;
        Random random = new Random(SEED);
        weights = new int[DRAWS][people];
        for (int[] draw : weights) {
            for (int i = 0; i < people; i++) {
                draw[random.nextInt(people)]++;
            }
        }
    }

    /**
     * The part of the probes with an event.
     *
     * @param probes number of probes of each person
     * @param events those of them with an event
     */
    Interval ofProbes(int[] probes, int[] events) {
        long all = IntStream.of(probes).sum();
        long found = IntStream.of(events).sum();
        double rate = (double) found / all;
        if (found == 0) {
            return new Interval(rate, 0, Interval.highOfNone(askingPeople(probes)));
        }
        return interval(rate, draw -> weighted(draw, events) / weighted(draw, probes));
    }

    /**
     * The part of the claims that match, when each probe claims to be each other person.
     *
     * @param probes number of probes of each person
     */
    Interval ofClaims(int[] probes, List<Match> matches) {
        double rate = matches.size() / claims(probes);
        if (matches.isEmpty()) {
            return new Interval(rate, 0, Interval.highOfNone(askingPeople(probes)) / (people - 1));
        }
        return interval(rate, draw -> weighted(draw, matches) / claims(draw, probes));
    }

    /**
     * The part of the matches that remains after a change.
     *
     * @param before at least one
     */
    Interval remaining(List<Match> after, List<Match> before) {
        double ratio = (double) after.size() / before.size();
        if (after.isEmpty()) {
            long asking = before.stream().mapToInt(Match::asking).distinct().count();
            return new Interval(ratio, 0, Interval.highOfNone(asking));
        }
        return interval(ratio, draw -> weighted(draw, after) / Math.max(1, weighted(draw, before)));
    }

    private Interval interval(double rate, ToDoubleFunction<int[]> ofDraw) {
        double[] samples = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            double sample = ofDraw.applyAsDouble(weights[i]);
            samples[i] = Double.isNaN(sample) ? rate : sample;
        }
        return Interval.percentiles(rate, samples);
    }

    private double claims(int[] probes) {
        return (double) IntStream.of(probes).asLongStream().sum() * (people - 1);
    }

    private double claims(int[] draw, int[] probes) {
        double claims = 0;
        for (int i = 0; i < people; i++) {
            claims += (double) draw[i] * probes[i] * (people - draw[i]);
        }
        return claims;
    }

    private static double weighted(int[] draw, List<Match> matches) {
        double sum = 0;
        for (Match match : matches) {
            sum += draw[match.asking()] * draw[match.claimed()];
        }
        return sum;
    }

    private static double weighted(int[] draw, int[] counts) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += (double) draw[i] * counts[i];
        }
        return sum;
    }

    private static long askingPeople(int[] probes) {
        return IntStream.of(probes).filter(own -> own > 0).count();
    }
}
