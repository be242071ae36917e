package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A person of a gallery.
 *
 * @param name the person's name in the collection
 * @param templates the first pictures, at least one
 * @param probes the other pictures, which are compared with the gallery
 */
record EnrolledPerson(String name, List<Embedding> templates, List<Embedding> probes) {

    /**
     * Enrolls the people of a collection: those with two pictures or more first, then the others, each by name.
     *
     * @param templates of a person, at most; one picture at least is held back as a probe, unless it is the only one
     */
    static List<EnrolledPerson> of(Map<Picture, Embedding> embeddings, int templates) {
        SortedMap<String, SortedMap<String, Embedding>> byPerson = new TreeMap<>();
        embeddings.forEach((picture, embedding) -> byPerson.computeIfAbsent(picture.person(), person -> new TreeMap<>())
                .put(picture.name(), embedding));
        return byPerson.entrySet().stream()
                .map(own -> split(own.getKey(), List.copyOf(own.getValue().values()), templates))
                .sorted(Comparator.comparing(person -> person.probes().isEmpty()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static EnrolledPerson split(String name, List<Embedding> own, int templates) {
        int enrolled = Math.max(1, Math.min(templates, own.size() - 1));
        return new EnrolledPerson(name, own.subList(0, enrolled), own.subList(enrolled, own.size()));
    }
}
