package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.engine.match.TemplateIndex.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Open-set identification by {@link TemplateIndex}: pictures of enrolled people and of strangers are searched in random
 * galleries of a size. A gallery of everybody is searched for strangers by leaving out the person of the picture.
 */
final class IdentificationTrial {

    private static final long SEED = 20_260_101;

    private final List<EnrolledPerson> people;
    private final List<Search> searches;
    private final int size;
    private final int templates;

    /**
     * One search.
     *
     * @param person whose picture it is, by place among all people
     * @param enrolled whether the person is in the gallery
     * @param right whether the most similar person is this person
     * @param best the similarity of the most similar person
     * @param second the similarity of the next one
     */
    record Search(int person, boolean enrolled, boolean right, double best, double second) {

        boolean over(double threshold) {
            return best >= threshold;
        }

        boolean ambiguous(double margin) {
            return best - second < margin;
        }
    }

    /**
     * Shares of the searches. The first four add up to 1.
     *
     * @param named enrolled people's pictures given the right name
     * @param wrong those given a wrong name
     * @param ambiguous those over the threshold with two people within the margin
     * @param refused those under the threshold
     * @param strangers strangers' pictures given a name (FPIR)
     * @param ambiguousStrangers strangers' pictures over the threshold with two people within the margin
     */
    record Rates(
            Interval named,
            Interval wrong,
            Interval ambiguous,
            Interval refused,
            Interval strangers,
            Interval ambiguousStrangers) {}

    /** A kind of outcome. */
    private interface Kind {
        boolean includes(Search search);
    }

    /**
     * Searches.
     *
     * @param people all people, enrolled or not
     * @param size people of a gallery; all people for one gallery of everybody
     * @param galleries how many random galleries
     */
    IdentificationTrial(List<EnrolledPerson> people, int size, int galleries) {
        this.people = people;
        this.size = size;
        searches = new ArrayList<>();
        Random random = new Random(SEED);
        int templatesOfAll = 0;
        boolean everybody = size >= people.size();
        for (int i = 0; i < (everybody ? 1 : galleries); i++) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, people.size()).boxed().toList());
            Collections.shuffle(order, random);
            List<Integer> enrolled = order.subList(0, Math.min(size, order.size()));
            try (TemplateIndex index = new TemplateIndex()) {
                enrolled.forEach(
                        person -> people.get(person).templates().forEach(template -> index.add(person, template)));
                templatesOfAll += index.size();
                enrolled.forEach(person -> searchAsEnrolled(index, person));
                (everybody ? order : order.subList(size, order.size()))
                        .forEach(person -> searchAsStranger(index, person));
            }
        }
        templates = templatesOfAll / (everybody ? 1 : galleries);
    }

    private void searchAsEnrolled(TemplateIndex index, int person) {
        people.get(person).probes().forEach(probe -> search(index, person, probe, true));
    }

    /** All of the person's pictures, the first of them only when there is no other. */
    private void searchAsStranger(TemplateIndex index, int person) {
        EnrolledPerson stranger = people.get(person);
        List<Embedding> pictures = stranger.probes().isEmpty() ? stranger.templates() : stranger.probes();
        pictures.forEach(picture -> search(index, person, picture, false));
    }

    private void search(TemplateIndex index, int person, Embedding picture, boolean enrolled) {
        List<Nearest> nearest = index.nearest(picture, 2, owner -> enrolled || owner != person);
        Nearest best = nearest.get(0);
        double second = nearest.size() < 2 ? -1 : nearest.get(1).similarity();
        searches.add(new Search(person, enrolled, best.owner() == person, best.similarity(), second));
    }

    /** People of a gallery. */
    int people() {
        return size;
    }

    /** The mean number of templates of a gallery. */
    int templates() {
        return templates;
    }

    long searches(boolean enrolled) {
        return searches.stream().filter(search -> search.enrolled() == enrolled).count();
    }

    /** The part of the enrolled people's pictures whose most similar person is the right one, at any similarity. */
    double rankOne() {
        return (double) searches.stream().filter(Search::right).count() / searches(true);
    }

    /**
     * Decides all searches.
     *
     * @param threshold least similarity of the most similar person
     * @param margin least distance of the next one; otherwise the answer is ambiguous
     */
    Rates rates(PersonBootstrap bootstrap, double threshold, double margin) {
        return new Rates(
                share(bootstrap, true, search -> search.over(threshold) && !search.ambiguous(margin) && search.right()),
                share(
                        bootstrap,
                        true,
                        search -> search.over(threshold) && !search.ambiguous(margin) && !search.right()),
                share(bootstrap, true, search -> search.over(threshold) && search.ambiguous(margin)),
                share(bootstrap, true, search -> !search.over(threshold)),
                share(bootstrap, false, search -> search.over(threshold) && !search.ambiguous(margin)),
                share(bootstrap, false, search -> search.over(threshold) && search.ambiguous(margin)));
    }

    private Interval share(PersonBootstrap bootstrap, boolean enrolled, Kind kind) {
        int[] all = new int[people.size()];
        int[] found = new int[people.size()];
        for (Search search : searches) {
            if (search.enrolled() == enrolled) {
                all[search.person()]++;
                found[search.person()] += kind.includes(search) ? 1 : 0;
            }
        }
        return bootstrap.ofProbes(all, found);
    }
}
