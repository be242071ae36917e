package dev.rollcall.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a backup's file, such as {@code rollcall-20261127T043500Z.jsonl.gz}.
 *
 * @param time when the backup began, in whole seconds
 */
public record BackupName(Instant time) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern FILE = Pattern.compile("rollcall-(\\d{8}T\\d{6}Z)\\.jsonl\\.gz");
    private static final String UNFINISHED = ".unfinished";
    private static final Pattern LEFT = Pattern.compile(FILE.pattern() + "\\.unfinished(\\.partial)?");

    static BackupName at(Instant time) {
        return new BackupName(time.truncatedTo(ChronoUnit.SECONDS));
    }

    String file() {
        return "rollcall-" + TIME.format(time) + ".jsonl.gz";
    }

    String unfinished() {
        return file() + UNFINISHED;
    }

    static boolean isUnfinished(String file) {
        return LEFT.matcher(file).matches();
    }

    private static Optional<BackupName> parse(String file) {
        Matcher name = FILE.matcher(file);
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BackupName(LocalDateTime.parse(name.group(1), TIME).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The backups in a folder, the newest first; none if there is no such folder. */
    public static List<BackupName> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<BackupName> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> parse(file.getFileName().toString()).ifPresent(names::add));
        }
        names.sort(Comparator.comparing(BackupName::time).reversed());
        return names;
    }
}
