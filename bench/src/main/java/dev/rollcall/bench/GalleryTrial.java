package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Measures identification on random galleries of a size; people outside the gallery are the impostors. */
final class GalleryTrial {

    private static final int DRAWS = 10;
    private static final long SEED = 20_260_101;

    private final Map<String, List<Embedding>> people;
    private final int size;

    /**
     * Error rates of identification; NaN when there are too few people.
     *
     * @param fpir part of the impostors' pictures that are identified as an enrolled person
     * @param fnir part of the enrolled people's other pictures that are not identified, or as another person
     */
    record Rates(double fpir, double fnir) {}

    /**
     * Groups the embeddings by person.
     *
     * @param size number of enrolled people, with one template each
     */
    GalleryTrial(Map<Picture, Embedding> embeddings, int size) {
        this.people = embeddings.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().person(),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        this.size = size;
    }

    Rates rates(double threshold) {
        if (size >= people.size()) {
            return new Rates(Double.NaN, Double.NaN);
        }
        Random random = new Random(SEED);
        long[] counts = new long[4];
        for (int draw = 0; draw < DRAWS; draw++) {
            List<String> names = new ArrayList<>(people.keySet());
            Collections.sort(names);
            Collections.shuffle(names, random);
            count(names, threshold, counts);
        }
        return new Rates((double) counts[1] / counts[0], (double) counts[3] / counts[2]);
    }

    /** Adds to the counts of: impostors' pictures, those identified, enrolled people's pictures, those missed. */
    private void count(List<String> names, double threshold, long[] counts) {
        List<Embedding> gallery =
                names.subList(0, size).stream().map(name -> own(name).get(0)).toList();
        for (int i = 0; i < names.size(); i++) {
            List<Embedding> own = own(names.get(i));
            boolean enrolled = i < size;
            for (Embedding probe : own.subList(enrolled ? 1 : 0, own.size())) {
                int best = best(probe, gallery);
                boolean found = probe.similarity(gallery.get(best)) >= threshold;
                if (enrolled) {
                    counts[2]++;
                    counts[3] += found && best == i ? 0 : 1;
                } else {
                    counts[0]++;
                    counts[1] += found ? 1 : 0;
                }
            }
        }
    }

    private List<Embedding> own(String name) {
        return people.getOrDefault(name, List.of());
    }

    private static int best(Embedding probe, List<Embedding> gallery) {
        int best = 0;
        double highest = -2;
        for (int i = 0; i < gallery.size(); i++) {
            double similarity = probe.similarity(gallery.get(i));
            if (similarity > highest) {
                highest = similarity;
                best = i;
            }
        }
        return best;
    }
}
