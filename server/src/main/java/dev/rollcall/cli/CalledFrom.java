package dev.rollcall.cli;

import java.nio.file.Path;

/** The folder in which the launcher was called; the program's working folder is another one. */
final class CalledFrom {

    private static final String PROPERTY = "launcher.from";

    private CalledFrom() {}

    /** A file relative to the folder in which the launcher was called. */
    static Path resolve(Path file) {
        return Path.of(System.getProperty(PROPERTY, "")).resolve(file);
    }
}
