package dev.rollcall.engine.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The few owners with the greatest scores so far, each with its greatest; of equal scores the one at the lower slot comes first.
 * Not safe for use by several threads.
 */
final class BestOwners {

    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::slot);

    private final int most;
    private final List<Scored> best = new ArrayList<>();

    BestOwners(int most) {
        this.most = most;
    }

    /** An owner's greatest score, and where its template is. */
    record Scored(int owner, double score, int slot) {}

    /** A score below which an owner is not among the best; without limit while there are too few. */
    double least() {
        return best.size() < most
                ? Double.NEGATIVE_INFINITY
                : best.get(best.size() - 1).score();
    }

    void offer(int owner, double score, int slot) {
        if (score < least()) {
            return;
        }
        Scored offered = new Scored(owner, score, slot);
        for (Scored known : best) {
            if (known.owner() == owner) {
                if (BEST_FIRST.compare(known, offered) <= 0) {
                    return;
                }
                best.remove(known);
                break;
            }
        }
        best.add(offered);
        best.sort(BEST_FIRST);
        if (best.size() > most) {
            best.remove(most);
        }
    }

    List<Scored> inOrder() {
        return List.copyOf(best);
    }
}
