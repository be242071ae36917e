package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/**
 * A folder with one folder of JPEGs for each person, as LFW has it.
 *
 * @param folder where the people's folders lie
 */
record Pictures(Path folder) {

    /** All pictures, by person and name. */
    List<Picture> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.map(folder::relativize)
                    .filter(file -> file.getNameCount() == 2 && file.toString().endsWith(".jpg"))
                    .map(file -> new Picture(
                            file.getName(0).toString(),
                            file.getName(1).toString().replaceFirst("\\.jpg$", "")))
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .toList();
        }
    }

    /** The pictures of each person who has at least {@code atLeast}. */
    SortedMap<String, List<Picture>> people(int atLeast) throws IOException {
        SortedMap<String, List<Picture>> people =
                all().stream().collect(Collectors.groupingBy(Picture::person, TreeMap::new, Collectors.toList()));
        people.values().removeIf(own -> own.size() < atLeast);
        return people;
    }

    byte[] bytes(Picture picture) {
        try {
            return Files.readAllBytes(picture.under(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The face in each picture that is accepted by the rules. */
    Map<Picture, Face> faces(FaceEngine engine, Collection<Picture> pictures, AnalysisRules rules) {
        Map<Picture, Face> faces = new ConcurrentHashMap<>();
        try (ProgressBar progress = new ProgressBar("pictures", pictures.size())) {
            pictures.parallelStream().forEach(picture -> {
                face(engine, bytes(picture), rules).ifPresent(face -> faces.put(picture, face));
                progress.step();
            });
        }
        return faces;
    }

    /** The embedding of each picture that has a face. */
    Map<Picture, Embedding> embeddings(FaceEngine engine, Collection<Picture> pictures) {
        return faces(engine, pictures, AnalysisRules.none()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().embedding()));
    }

    static Optional<Face> face(FaceEngine engine, byte[] picture, AnalysisRules rules) {
        return engine.analyze(picture, rules) instanceof Analysis.Accepted accepted
                ? Optional.of(accepted.face())
                : Optional.empty();
    }
}
