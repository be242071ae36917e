package dev.rollcall.cli;

import java.nio.file.Path;

/** The folder in which the launcher was called; it runs the program from its own. */
final class CalledFrom {

    private static final String PROPERTY = "launcher.from";

    private CalledFrom() {}

    /** A file as whoever named it sees it. */
    static Path resolve(Path file) {
        return Path.of(System.getProperty(PROPERTY, "")).resolve(file);
    }
}
