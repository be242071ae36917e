package dev.rollcall.engine.match;

import dev.rollcall.engine.Embedding;
import java.util.Collection;
import java.util.OptionalDouble;

/** Comparison of a face with the templates of one person. */
public final class Templates {

    private Templates() {}

    /** Similarity to the nearest template; empty when there is none. All must come from the same model. */
    public static OptionalDouble bestSimilarity(Embedding probe, Collection<Embedding> templates) {
        return templates.stream().mapToDouble(probe::similarity).max();
    }
}
