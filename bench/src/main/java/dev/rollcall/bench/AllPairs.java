package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The similarities of every picture with every other: genuine pairs one by one, impostor pairs counted in narrow steps of
 * similarity, since there are millions.
 */
final class AllPairs {

    private static final int STEPS_PER_UNIT = 2000;

    private final List<Double> genuine = new ArrayList<>();
    private final long[] impostors = new long[2 * STEPS_PER_UNIT + 1];
    private long impostorCount;

    private AllPairs() {}

    /** Compares every picture with every other. */
    static AllPairs of(Map<Picture, Embedding> embeddings) {
        AllPairs pairs = new AllPairs();
        List<Map.Entry<Picture, Embedding>> entries = List.copyOf(embeddings.entrySet());
        for (int i = 0; i < entries.size(); i++) {
            for (int j = 0; j < i; j++) {
                Map.Entry<Picture, Embedding> one = entries.get(i);
                Map.Entry<Picture, Embedding> other = entries.get(j);
                boolean same = one.getKey().person().equals(other.getKey().person());
                pairs.add(one.getValue().similarity(other.getValue()), same);
            }
        }
        pairs.genuine.sort(Double::compare);
        return pairs;
    }

    /** Pairs of given similarities. */
    static AllPairs of(Collection<Double> genuine, Collection<Double> impostors) {
        AllPairs pairs = new AllPairs();
        genuine.forEach(similarity -> pairs.add(similarity, true));
        impostors.forEach(similarity -> pairs.add(similarity, false));
        pairs.genuine.sort(Double::compare);
        return pairs;
    }

    private void add(double similarity, boolean same) {
        if (same) {
            genuine.add(similarity);
        } else {
            impostors[step(similarity)]++;
            impostorCount++;
        }
    }

    private static int step(double similarity) {
        return (int) Math.floor((similarity + 1) * STEPS_PER_UNIT);
    }

    int genuineCount() {
        return genuine.size();
    }

    long impostorCount() {
        return impostorCount;
    }

    /** How many impostor pairs have at least the given similarity; exact at multiples of 0.0005. */
    long impostorsFrom(double similarity) {
        long sum = 0;
        for (int i = step(similarity + 1e-9); i < impostors.length; i++) {
            sum += impostors[i];
        }
        return sum;
    }

    double fmr(double similarity) {
        return (double) impostorsFrom(similarity) / impostorCount;
    }

    double fnmr(double similarity) {
        return (double) genuine.stream().filter(one -> one < similarity).count() / genuine.size();
    }

    /** The lowest step of similarity at which the false match rate is at most the wanted one. */
    double similarityAtFmr(double wanted) {
        long sum = 0;
        for (int i = impostors.length - 1; i >= 0; i--) {
            sum += impostors[i];
            if (sum > wanted * impostorCount) {
                return (double) (i + 1) / STEPS_PER_UNIT - 1;
            }
        }
        return -1;
    }

    /** Visits all pairs, impostor pairs by steps of similarity. */
    void forEach(Visitor visitor) {
        genuine.forEach(similarity -> visitor.visit(similarity, 1, true));
        for (int i = 0; i < impostors.length; i++) {
            if (impostors[i] > 0) {
                visitor.visit((i + 0.5) / STEPS_PER_UNIT - 1, impostors[i], false);
            }
        }
    }

    /** Receives {@code count} pairs of one similarity. */
    interface Visitor {
        void visit(double similarity, long count, boolean same);
    }
}
