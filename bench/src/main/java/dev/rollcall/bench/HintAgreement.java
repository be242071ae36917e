package dev.rollcall.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How often hints and the verdicts about full pictures agree, by kind of picture. Not safe for use by several threads. */
final class HintAgreement {

    /** Refusals that rest on the embedding, which a hint doesn't have. */
    private static final List<String> BY_EMBEDDING = List.of("FACE_UNCLEAR", "EYES_COVERED", "MOUTH_COVERED");

    private final Map<String, List<Pair>> byKind = new TreeMap<>();

    /**
     * A hint and a verdict.
     *
     * @param verdict why the full picture is refused; empty if it is accepted
     */
    private record Pair(boolean ready, String hint, String verdict) {

        private boolean accepted() {
            return verdict.isEmpty();
        }

        private boolean refusedByEmbedding() {
            return BY_EMBEDDING.contains(verdict);
        }

        private boolean same() {
            return ready ? accepted() : hint.equals(verdict);
        }
    }

    void add(String kind, boolean ready, String hint, String verdict) {
        byKind.computeIfAbsent(kind, unused -> new ArrayList<>()).add(new Pair(ready, hint, verdict));
    }

    /**
     * Prints a line of a table for each kind of picture: how often the frame and the picture get the same result and reason; how many
     * accepted pictures have a ready frame; how many refused pictures have a frame that isn't ready. A frame has no embedding, so
     * pictures that are refused for their embedding alone are not counted there.
     */
    void print(String collection, PrintWriter out) {
        byKind.forEach((kind, pairs) -> out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %s | %s | %s | %s |%n",
                collection,
                kind,
                pairs.size(),
                part(pairs, pair -> true, Pair::same),
                part(pairs, Pair::accepted, Pair::ready),
                part(pairs, pair -> !pair.accepted() && !pair.refusedByEmbedding(), pair -> !pair.ready()),
                part(pairs, pair -> true, Pair::refusedByEmbedding)));
    }

    private static String part(List<Pair> pairs, Predicate<Pair> of, Predicate<Pair> event) {
        List<Pair> all = pairs.stream().filter(of).toList();
        long events = all.stream().filter(event).count();
        return all.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * events / all.size(), events, all.size());
    }
}
