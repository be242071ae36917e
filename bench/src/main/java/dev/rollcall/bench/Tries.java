package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Tries of people with three images each, and the template of each person. A person's first picture is the template; each next
 * three pictures of one session are a try. A session's pictures have the same name up to the last underscore.
 */
final class Tries {

    /** Images of a try. */
    static final int IMAGES = 3;

    private static final Comparator<Picture> BY_SESSION_AND_NUMBER = Comparator.comparing(Tries::session)
            .thenComparingInt((ToIntFunction<Picture>) Tries::number)
            .thenComparing(Picture::name);

    private final List<Embedding> templates = new ArrayList<>();
    private final List<Try> tries = new ArrayList<>();

    /**
     * Three images of a person.
     *
     * @param person by the place of the template
     */
    record Try(int person, List<Face> images) {

        /** All choices of so many of the images. */
        List<List<Face>> choices(int count) {
            return switch (count) {
                case 1 -> images.stream().map(List::of).toList();
                case 2 ->
                    List.of(
                            List.of(images.get(0), images.get(1)),
                            List.of(images.get(0), images.get(2)),
                            List.of(images.get(1), images.get(2)));
                case IMAGES -> List.of(images);
                default -> throw new IllegalArgumentException("no choice of " + count + " images");
            };
        }

        /** The similarity of the two images that are least similar. */
        double leastSimilarity() {
            return choices(2).stream()
                    .mapToDouble(
                            two -> two.get(0).embedding().similarity(two.get(1).embedding()))
                    .min()
                    .orElse(-1);
        }
    }

    /**
     * Groups the pictures.
     *
     * @param otherSessions whether the session of the template has no tries
     */
    Tries(Map<Picture, Face> faces, boolean otherSessions) {
        SortedMap<String, List<Map.Entry<Picture, Face>>> byPerson = new TreeMap<>();
        faces.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey(), BY_SESSION_AND_NUMBER))
                .forEach(entry -> byPerson.computeIfAbsent(entry.getKey().person(), person -> new ArrayList<>())
                        .add(entry));
        byPerson.values().forEach(own -> add(own, otherSessions));
    }

    private void add(List<Map.Entry<Picture, Face>> own, boolean otherSessions) {
        int person = templates.size();
        String first = session(own.get(0).getKey());
        templates.add(own.get(0).getValue().embedding());
        SortedMap<String, List<Face>> sessions = new TreeMap<>();
        for (Map.Entry<Picture, Face> picture : own.subList(1, own.size())) {
            String session = session(picture.getKey());
            if (!(otherSessions && session.equals(first))) {
                sessions.computeIfAbsent(session, name -> new ArrayList<>()).add(picture.getValue());
            }
        }
        for (List<Face> session : sessions.values()) {
            for (int i = 0; i + IMAGES <= session.size(); i += IMAGES) {
                tries.add(new Try(person, session.subList(i, i + IMAGES)));
            }
        }
    }

    private static String session(Picture picture) {
        return picture.name().replaceFirst("_[^_]*$", "");
    }

    private static int number(Picture picture) {
        String last = picture.name().replaceFirst("^.*_", "");
        return last.matches("\\d{1,9}") ? Integer.parseInt(last) : 0;
    }

    List<Try> all() {
        return tries;
    }

    List<Embedding> templates() {
        return templates;
    }
}
