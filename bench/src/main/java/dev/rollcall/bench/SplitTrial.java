package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.recognition.accuracy.GallerySample;
import dev.rollcall.recognition.accuracy.Pace;
import dev.rollcall.recognition.accuracy.Rate;
import dev.rollcall.recognition.accuracy.SiteEstimate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Divides people at random, estimates the false match rate from some, and measures that of the others and of all. */
final class SplitTrial {

    private static final int SEED = 15;

    private final List<List<Embedding>> people;
    private final List<Double> thresholds;
    private final ImpostorTail builtIn;

    /** The share of comparisons of two people that match, by threshold, first person and second person. */
    private final float[][][] matches;

    SplitTrial(List<List<Embedding>> people, List<Double> thresholds, ImpostorTail builtIn) {
        this.people = List.copyOf(people);
        this.thresholds = List.copyOf(thresholds);
        this.builtIn = builtIn;
        matches = new float[thresholds.size()][people.size()][people.size()];
        for (int i = 0; i < people.size(); i++) {
            for (int j = 0; j < i; j++) {
                compare(i, j);
            }
        }
    }

    /**
     * What came out for one threshold; means of all divisions, and medians of the estimates.
     *
     * @param all the false match rate of all people
     * @param others that of the people whom the estimate doesn't know
     * @param estimate the estimate from the others
     * @param upper its upper bound
     * @param within the share of divisions in which the rate of all people was within the bound
     */
    record Row(double all, double others, double estimate, double upper, double within) {}

    private void compare(int one, int other) {
        List<Double> best = new ArrayList<>();
        people.get(one).forEach(face -> best.add(best(face, people.get(other))));
        people.get(other).forEach(face -> best.add(best(face, people.get(one))));
        for (int t = 0; t < thresholds.size(); t++) {
            double threshold = thresholds.get(t);
            long count =
                    best.stream().filter(similarity -> similarity >= threshold).count();
            matches[t][one][other] = (float) count / best.size();
            matches[t][other][one] = matches[t][one][other];
        }
    }

    private static double best(Embedding face, List<Embedding> templates) {
        return templates.stream().mapToDouble(face::similarity).max().orElseThrow();
    }

    /** Divides the people so many times; a row for each threshold. */
    List<Row> run(int known, int divisions) throws InterruptedException {
        List<Integer> everybody = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            everybody.add(i);
        }
        List<Integer> order = new ArrayList<>(everybody);
        Random random = new Random(SEED);
        List<List<Rate>> estimates = new ArrayList<>();
        double[] others = new double[thresholds.size()];
        for (int i = 0; i < divisions; i++) {
            Collections.shuffle(order, random);
            SiteEstimate estimate = estimate(order.subList(0, known));
            estimates.add(thresholds.stream().map(estimate.rates()::at).toList());
            for (int t = 0; t < others.length; t++) {
                others[t] += fmr(t, order.subList(known, order.size())) / divisions;
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int t = 0; t < others.length; t++) {
            rows.add(row(t, fmr(t, everybody), others[t], estimates));
        }
        return rows;
    }

    private static Row row(int threshold, double all, double others, List<List<Rate>> estimates) {
        List<Rate> rates = estimates.stream().map(own -> own.get(threshold)).toList();
        double within =
                (double) rates.stream().filter(rate -> all <= rate.upper()).count() / rates.size();
        double[] values = rates.stream().mapToDouble(Rate::value).sorted().toArray();
        double[] uppers = rates.stream().mapToDouble(Rate::upper).sorted().toArray();
        return new Row(all, others, values[values.length / 2], uppers[uppers.length / 2], within);
    }

    private SiteEstimate estimate(List<Integer> known) throws InterruptedException {
        GallerySample sample = new GallerySample();
        known.forEach(person -> sample.add(person.toString(), people.get(person), Set.of()));
        return SiteEstimate.of(sample, builtIn, Pace.full());
    }

    private double fmr(int threshold, List<Integer> whose) {
        double sum = 0;
        for (int one : whose) {
            for (int other : whose) {
                sum += matches[threshold][one][other];
            }
        }
        return sum / whose.size() / (whose.size() - 1);
    }
}
