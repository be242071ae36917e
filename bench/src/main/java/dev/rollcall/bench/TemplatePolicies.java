package dev.rollcall.bench;

import dev.rollcall.bench.Verification.Score;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateChoice;
import dev.rollcall.engine.match.TemplateChoice.Candidate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Compares policies of which template is removed when a person has too many. The pictures of a person are enrolled one after the
 * other, in random orders since they have no dates, and the pictures held back are compared with the templates that remain.
 */
final class TemplatePolicies {

    static final int LEAST_PICTURES = 8;

    private static final int ORDERS = 40;
    private static final double ENROLLED_PART = 0.6;

    /** The similarity of the least confidence to the other templates that enrollment accepts, 0.50. */
    private static final double LEAST_SIMILARITY = 0.322;

    /** The similarity of the default threshold, 0.80. */
    private static final double THRESHOLD = 0.450;

    private static final Map<String, ToIntFunction<List<Candidate>>> POLICIES = new LinkedHashMap<>();

    static {
        POLICIES.put("the oldest", candidates -> 0);
        POLICIES.put("the worst in quality", TemplatePolicies::worst);
        POLICIES.put("the older of the most similar two", TemplatePolicies::olderOfTheNearest);
        POLICIES.put("of these two the older, unless clearly better", TemplateChoice::leastUseful);
    }

    private final List<List<Candidate>> people;

    /** Takes the pictures of each person. */
    TemplatePolicies(List<List<Candidate>> people) {
        this.people = people;
    }

    /** Prints a table. */
    void print(PrintWriter out, int most) {
        List<List<Candidate>> many = people.stream()
                .filter(own -> own.size() >= Math.max(LEAST_PICTURES, most + 3))
                .toList();
        out.printf("%d people with %d pictures or more, %d templates kept%n", many.size(), LEAST_PICTURES, most);
        out.println("| what is removed | FNMR at FMR 1e-3 | FNMR at FMR 1e-4 | FNMR at 0.80 | FMR at 0.80 |");
        out.println("|---|---|---|---|---|");
        POLICIES.forEach((name, policy) -> {
            Verification verification = new Verification(scores(many, policy, most));
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f %% | %.2f %% | %.2f %% | %.1e |%n",
                    name,
                    100 * verification.fnmr(verification.thresholdAtFmr(1e-3)),
                    100 * verification.fnmr(verification.thresholdAtFmr(1e-4)),
                    100 * verification.fnmr(THRESHOLD),
                    verification.fmr(THRESHOLD));
        });
    }

    private List<Score> scores(List<List<Candidate>> many, ToIntFunction<List<Candidate>> policy, int most) {
        Random random = new Random(1);
        List<Score> scores = new ArrayList<>();
        for (int order = 0; order < ORDERS; order++) {
            for (List<Candidate> own : many) {
                List<Candidate> pictures = new ArrayList<>(own);
                Collections.shuffle(pictures, random);
                int enrolled = Math.max(most + 2, (int) (own.size() * ENROLLED_PART));
                List<Candidate> kept = kept(pictures.subList(0, enrolled), policy, most);
                pictures.subList(enrolled, pictures.size())
                        .forEach(probe -> scores.add(new Score(best(probe.embedding(), kept), true, 1)));
                people.stream()
                        .filter(other -> other != own)
                        .forEach(other -> scores.add(new Score(
                                best(other.get(random.nextInt(other.size())).embedding(), kept), false, 1)));
            }
        }
        return scores;
    }

    private static List<Candidate> kept(List<Candidate> pictures, ToIntFunction<List<Candidate>> policy, int most) {
        List<Candidate> kept = new ArrayList<>();
        for (Candidate picture : pictures) {
            if (kept.isEmpty() || best(picture.embedding(), kept) >= LEAST_SIMILARITY) {
                kept.add(picture);
                if (kept.size() > most) {
                    kept.remove(policy.applyAsInt(kept));
                }
            }
        }
        return kept;
    }

    private static double best(Embedding face, List<Candidate> templates) {
        return templates.stream()
                .mapToDouble(template -> face.similarity(template.embedding()))
                .max()
                .orElse(-1);
    }

    /** The worst one but the newest. */
    private static int worst(List<Candidate> candidates) {
        return IntStream.range(0, candidates.size() - 1)
                .boxed()
                .min((one, other) -> Float.compare(
                        candidates.get(one).quality(), candidates.get(other).quality()))
                .orElseThrow();
    }

    private static int olderOfTheNearest(List<Candidate> candidates) {
        return TemplateChoice.leastUseful(candidates.stream()
                .map(candidate -> new Candidate(candidate.embedding(), 0))
                .toList());
    }
}
