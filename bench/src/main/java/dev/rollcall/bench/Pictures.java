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
 * A folder with one folder of JPEGs for each person, as LFW has it, or with JPEGs whose names begin with the person's and an
 * underscore.
 *
 * @param folder where the people's folders, or the pictures, lie
 */
record Pictures(Path folder) {

    /** All pictures, by person and name. */
    List<Picture> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.map(folder::relativize)
                    .filter(file -> file.toString().endsWith(".jpg"))
                    .map(Pictures::picture)
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .toList();
        }
    }

    private static Picture picture(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.jpg$", "");
        return file.getNameCount() == 2
                ? new Picture(file.getName(0).toString(), name)
                : new Picture(name.replaceFirst("_.*$", ""), name);
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
