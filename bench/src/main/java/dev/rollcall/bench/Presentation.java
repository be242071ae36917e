package dev.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A picture shown to the liveness check.
 *
 * @param kind the kind of attack, or the collection of living faces
 * @param subject who is shown; pictures of one subject are alike
 * @param live whether it shows a living face rather than an attack
 * @param file the picture
 */
record Presentation(String kind, String subject, boolean live, Path file) {

    /**
     * The pictures of a folder, or of its folders. Each folder is one subject, and its name {@code KIND-SUBJECT}, or {@code KIND} if
     * there is but one.
     */
    static List<Presentation> in(Path folder, boolean live) throws IOException {
        List<Presentation> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(Presentation::isPicture).sorted().toList()) {
                Path subject = file.toAbsolutePath().normalize().getParent();
                if (subject == null) {
                    throw new IOException(file + " is in no folder");
                }
                String name = subject.getFileName().toString();
                all.add(new Presentation(name.replaceFirst("-.*", ""), name, live, file));
            }
        }
        return all;
    }

    /** Living people: the pictures of a collection that is sorted by person. */
    static List<Presentation> ofPeople(Pictures collection) throws IOException {
        String kind = CollectionsOption.name(collection);
        return collection.all().stream()
                .map(picture -> new Presentation(kind, picture.person(), true, picture.under(collection.folder())))
                .toList();
    }

    private static boolean isPicture(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png|webp)");
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
