package dev.rollcall.bench;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names several collections of pictures, which are measured one by one. */
final class CollectionsOption {

    @Option(
            names = "--images",
            required = true,
            description =
                    "folder with one folder of JPEGs for each person, or with JPEGs named PERSON_….jpg; may be repeated")
    private List<Path> folders = List.of();

    List<Pictures> collections() {
        return folders.stream().map(Pictures::new).toList();
    }

    /** What a collection is called in a table: the last two names of its path. */
    static String name(Pictures collection) {
        Path path = collection.folder().toAbsolutePath().normalize();
        int names = path.getNameCount();
        return path.subpath(Math.max(0, names - 2), names).toString();
    }
}
