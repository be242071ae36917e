package dev.rollcall.bench;

import dev.rollcall.bench.PersonBootstrap.Match;
import dev.rollcall.engine.match.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Claims of identity: each probe claims to be each person of the gallery. Counts which claims are accepted, with and without
 * the rival rule.
 */
final class ClaimTrial {

    /** A margin that no rival comes within: the rule without a rival. */
    static final double NO_RIVAL = Double.NEGATIVE_INFINITY;

    private final List<EnrolledPerson> people;
    private final PersonBootstrap bootstrap;
    private final int[] owners;
    private final double[][] similarities;

    /**
     * When a claim is accepted.
     *
     * @param threshold least similarity to the claimed person
     * @param margin what this similarity must exceed the similarity to every other person by; 0 for the rival rule, {@link
     *     #NO_RIVAL} without it
     */
    record Rule(double threshold, double margin) {}

    /**
     * What came out.
     *
     * @param matches false claims that were accepted
     * @param fmr the part of the false claims that they are
     * @param passing the part of the probes that were accepted as somebody else
     * @param fnmr the part of the true claims that were refused
     */
    record Result(List<Match> matches, Interval fmr, Interval passing, Interval fnmr) {}

    /** The two people who are most similar to a probe: the first one's place, and both similarities. */
    private record Best(int first, double similarity, double second) {}

    ClaimTrial(List<EnrolledPerson> people) {
        this.people = people;
        bootstrap = new PersonBootstrap(people.size());
        owners = IntStream.range(0, people.size())
                .flatMap(i -> people.get(i).probes().stream().mapToInt(probe -> i))
                .toArray();
        similarities = people.stream()
                .flatMap(person -> person.probes().stream())
                .parallel()
                .map(probe -> people.stream()
                        .mapToDouble(person -> Templates.bestSimilarity(probe, person.templates())
                                .orElse(-1))
                        .toArray())
                .toArray(double[][]::new);
    }

    int people() {
        return people.size();
    }

    /** The name of the person at a place of the gallery. */
    String name(int person) {
        return people.get(person).name();
    }

    int probes() {
        return owners.length;
    }

    PersonBootstrap bootstrap() {
        return bootstrap;
    }

    /** The claims of people who are enrolled. */
    Result ofEnrolled(Rule rule) {
        return run(rule, true);
    }

    /** The claims of the same people, each as if not enrolled, so without a true claim. */
    Result ofStrangers(Rule rule) {
        return run(rule, false);
    }

    private Result run(Rule rule, boolean enrolled) {
        int[] probes = new int[people.size()];
        int[] passing = new int[people.size()];
        int[] refused = new int[people.size()];
        List<Match> matches = new ArrayList<>();
        for (int probe = 0; probe < owners.length; probe++) {
            int owner = owners[probe];
            Best best = best(probe, enrolled ? -1 : owner);
            probes[owner]++;
            int before = matches.size();
            for (int claimed = 0; claimed < people.size(); claimed++) {
                boolean accepted = accepts(rule, similarities[probe][claimed], claimed, best);
                if (claimed == owner) {
                    refused[owner] += accepted ? 0 : 1;
                } else if (accepted) {
                    matches.add(new Match(owner, claimed));
                }
            }
            passing[owner] += matches.size() > before ? 1 : 0;
        }
        return new Result(
                matches,
                bootstrap.ofClaims(probes, matches),
                bootstrap.ofProbes(probes, passing),
                bootstrap.ofProbes(probes, refused));
    }

    private static boolean accepts(Rule rule, double similarity, int claimed, Best best) {
        double rival = claimed == best.first() ? best.second() : best.similarity();
        return similarity >= rule.threshold() && similarity - rival > rule.margin();
    }

    /** The best two of all people but one. */
    private Best best(int probe, int without) {
        int first = -1;
        double similarity = -1;
        double second = -1;
        for (int i = 0; i < people.size(); i++) {
            double own = similarities[probe][i];
            if (i == without) {
                continue;
            }
            if (first < 0 || own > similarity) {
                second = similarity;
                similarity = own;
                first = i;
            } else if (own > second) {
                second = own;
            }
        }
        return new Best(first, similarity, second);
    }
}
