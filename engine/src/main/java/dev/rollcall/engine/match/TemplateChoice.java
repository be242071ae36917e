package dev.rollcall.engine.match;

import dev.rollcall.engine.Embedding;
import java.util.List;

/**
 * The choice of the template that is removed when a person has too many: of the two most similar templates, which say almost
 * the same, the older one, unless it is clearly the better one. The newest template always stays, so that an enrollment has
 * an effect.
 *
 * <p>Measured by {@code bench templates} against removing the oldest, the worst or the most redundant: bench/results/templates.md.
 */
public final class TemplateChoice {

    /** By how much the embedding norm of the older one must be greater for it to stay. */
    static final float CLEARLY_BETTER = 0.1f;

    private TemplateChoice() {}

    /**
     * A template.
     *
     * @param quality length of the embedding before normalisation
     */
    public record Candidate(Embedding embedding, float quality) {}

    /**
     * The index of the template to remove.
     *
     * @param candidates at least two, the oldest first
     * @return never the last one
     */
    public static int leastUseful(List<Candidate> candidates) {
        if (candidates.size() < 2) {
            throw new IllegalArgumentException("nothing to choose from: " + candidates.size());
        }
        int newest = candidates.size() - 1;
        int older = 0;
        int newer = 1;
        double greatest = -2;
        for (int i = 0; i < candidates.size(); i++) {
            for (int j = i + 1; j < candidates.size(); j++) {
                double similarity = candidates
                        .get(i)
                        .embedding()
                        .similarity(candidates.get(j).embedding());
                if (similarity > greatest) {
                    greatest = similarity;
                    older = i;
                    newer = j;
                }
            }
        }
        boolean olderIsBetter =
                candidates.get(older).quality() > candidates.get(newer).quality() + CLEARLY_BETTER;
        return olderIsBetter && newer != newest ? newer : older;
    }
}
