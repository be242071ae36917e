package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The pairs of largest error: the most similar pictures of different people, the least similar ones of one person. */
final class WorstPairs {

    private static final Comparator<Scored> BY_SIMILARITY = Comparator.comparingDouble(Scored::similarity);

    private final int count;
    private final PriorityQueue<Scored> falseMatches = new PriorityQueue<>(BY_SIMILARITY);
    private final PriorityQueue<Scored> misses = new PriorityQueue<>(BY_SIMILARITY.reversed());

    /** Two pictures and their similarity. */
    record Scored(Picture one, Picture other, double similarity) {}

    /**
     * Compares all pairs.
     *
     * @param count how many of each kind to keep
     */
    WorstPairs(Map<Picture, Embedding> embeddings, int count) {
        this.count = count;
        List<Map.Entry<Picture, Embedding>> entries = List.copyOf(embeddings.entrySet());
        for (int i = 0; i < entries.size(); i++) {
            for (int j = 0; j < i; j++) {
                Picture one = entries.get(i).getKey();
                Picture other = entries.get(j).getKey();
                double similarity =
                        entries.get(i).getValue().similarity(entries.get(j).getValue());
                keep(one.person().equals(other.person()) ? misses : falseMatches, one, other, similarity);
            }
        }
    }

    /** Keeps the worst pairs. The head of each queue is the least bad of them, and is replaced by a worse one. */
    private void keep(PriorityQueue<Scored> worst, Picture one, Picture other, double similarity) {
        Scored scored = new Scored(one, other, similarity);
        Scored leastBad = worst.peek();
        if (worst.size() < count || leastBad == null) {
            worst.add(scored);
        } else if (worst.comparator().compare(scored, leastBad) > 0) {
            worst.poll();
            worst.add(scored);
        }
    }

    /** Pairs of different people, the most similar first. */
    List<Scored> falseMatches() {
        return falseMatches.stream().sorted(BY_SIMILARITY.reversed()).toList();
    }

    /** Pairs of one person, the least similar first. */
    List<Scored> misses() {
        return misses.stream().sorted(BY_SIMILARITY).toList();
    }
}
