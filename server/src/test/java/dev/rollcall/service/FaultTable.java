package dev.rollcall.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the fault tests counted, kept in {@code target/faults} for people to read. */
final class FaultTable {

    private FaultTable() {}

    static void write(String test, Map<String, String> counts) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "faults"));
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(counts).forEach((what, count) -> lines.append("%s: %s%n".formatted(what, count)));
        Files.writeString(folder.resolve(test + ".txt"), lines);
    }
}
