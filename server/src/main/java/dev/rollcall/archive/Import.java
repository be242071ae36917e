package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveFormat.End;
import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.ArchiveStore.Row;
import dev.rollcall.outcome.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings everything in a file into a store: all of it or nothing. May be repeated. */
public final class Import {

    private static final int MAX_ROWS_AT_ONCE = 500;
    private static final int MAX_CHARACTERS_AT_ONCE = 500_000;
    private static final int ID_LENGTH = 32;

    /** The first row, number 0, is on line 2. */
    private static final int HEADER_LINES = 2;

    /** How far the clock of the machine that exported may be ahead. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private final ArchiveStore store;
    private final Clock clock;

    public Import(ArchiveStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Reads a whole file as an import would, and writes nothing. What the rows are together, and beside those of a store, is
     * checked by {@link #from} alone.
     *
     * @param store where the file would go, or where it comes from
     * @throws ArchiveException if the file is damaged, incomplete, newer than this program, or has a row that can't be
     */
    public static void check(ArchiveSource store, Clock clock, Path file) throws IOException, ArchiveException {
        ArchiveReader.checked(file, limits(store, clock));
    }

    private static RowCheck.Limits limits(ArchiveSource store, Clock clock) {
        return new RowCheck.Limits(store, store.schemaVersion(), clock.instant().plus(CLOCK_SKEW));
    }

    /**
     * Checks the whole file, then writes it.
     *
     * @throws ArchiveException if the file is damaged, incomplete, newer than this program, or has rows that can't be;
     *     nothing is written then
     */
    public Outcome from(Path file, Progress progress) throws IOException, ArchiveException {
        End end = ArchiveReader.checked(file, limits(store, clock));
        String importId = end.sha256().substring(0, ID_LENGTH);
        Outcome outcome;
        try {
            stage(file, end, progress);
            outcome = store.finish(importId, end.rows(), clock.instant());
        } catch (IOException | ArchiveException | RuntimeException e) {
            abandon(importId, e);
            throw e;
        }
        if (!(outcome instanceof Outcome.Imported)) {
            store.abandon(importId);
        }
        if (outcome instanceof Outcome.Invalid invalid) {
            throw new ArchiveException(message(invalid));
        }
        return outcome;
    }

    private static String message(Outcome.Invalid invalid) {
        String reason =
                switch (invalid.reason()) {
                    case TWICE -> "is the same as in line " + (invalid.other() + HEADER_LINES);
                    case UNKNOWN -> "is none of the export";
                    case OTHER_PERSON -> "is a mark of another person";
                    case NOT_MANUAL -> "is a mark that was not entered manually";
                    case TOO_LONG -> "is longer than 4,096 bytes";
                    case NOT_AS_WRITTEN -> "is not that of the entry, which is not as it was written";
                    case NO_START -> "must be 1: entries before it are gone, and none says that retention removed them";
                };
        return "the export can't be taken: line " + (invalid.row() + HEADER_LINES) + " (" + invalid.kind() + "), "
                + invalid.field() + " " + reason;
    }

    /** What broke the import may keep its rows from being forgotten, too; it is the first reason that counts. */
    private void abandon(String importId, Exception reason) {
        try {
            store.abandon(importId);
        } catch (StoreUnavailableException e) {
            reason.addSuppressed(e);
        }
    }

    private void stage(Path file, End end, Progress progress) throws IOException, ArchiveException {
        String importId = end.sha256().substring(0, ID_LENGTH);
        List<Row> batch = new ArrayList<>();
        long staged = 0;
        long characters = 0;
        try (ArchiveReader reader = new ArchiveReader(file, limits(store, clock))) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                batch.add(row);
                characters += row.content().length();
                if (batch.size() == MAX_ROWS_AT_ONCE || characters > MAX_CHARACTERS_AT_ONCE) {
                    store.stage(importId, staged, batch, clock.instant());
                    staged += batch.size();
                    progress.rows(row.kind(), staged);
                    batch = new ArrayList<>();
                    characters = 0;
                }
            }
            if (!reader.checkedEnd().equals(end)) {
                throw new ArchiveException("the export was changed while it was read");
            }
        }
        store.stage(importId, staged, batch, clock.instant());
    }
}
