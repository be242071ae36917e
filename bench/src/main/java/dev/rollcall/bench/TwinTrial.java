package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Two people who look the same, simulated: a person's first two pictures are enrolled as two people, and the person's other
 * pictures are searched among these two.
 */
final class TwinTrial {

    private final List<Search> searches = new ArrayList<>();

    /** The similarities of a picture to the two templates. */
    private record Search(double first, double second) {

        boolean over(double threshold) {
            return Math.max(first, second) >= threshold;
        }

        boolean ambiguous(double margin) {
            return Math.abs(first - second) < margin;
        }
    }

    /**
     * Searches.
     *
     * @param people enrolled with two templates each where they have three pictures or more
     */
    TwinTrial(List<EnrolledPerson> people) {
        for (EnrolledPerson person : people) {
            if (person.templates().size() == 2) {
                for (Embedding probe : person.probes()) {
                    searches.add(new Search(
                            probe.similarity(person.templates().get(0)),
                            probe.similarity(person.templates().get(1))));
                }
            }
        }
    }

    int searches() {
        return searches.size();
    }

    /** The part of the searches over the threshold in which the margin finds the two too close. */
    double ambiguous(double threshold, double margin) {
        List<Search> over =
                searches.stream().filter(search -> search.over(threshold)).toList();
        long ambiguous =
                over.stream().filter(search -> search.ambiguous(margin)).count();
        return (double) ambiguous / over.size();
    }
}
