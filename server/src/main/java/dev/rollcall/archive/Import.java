package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveFormat.End;
import dev.rollcall.usecase.ArchiveStore;
import dev.rollcall.usecase.ArchiveStore.Outcome;
import dev.rollcall.usecase.ArchiveStore.Row;
import dev.rollcall.usecase.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Brings everything in a file into a store: all of it or nothing. May be repeated. */
public final class Import {

    private static final int MAX_ROWS_AT_ONCE = 500;
    private static final int MAX_CHARACTERS_AT_ONCE = 500_000;
    private static final int ID_LENGTH = 32;

    private final ArchiveStore store;
    private final Clock clock;

    public Import(ArchiveStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Checks the whole file, then writes it.
     *
     * @throws ArchiveException if the file is damaged, incomplete, or newer than this program
     */
    public Outcome from(Path file, Progress progress) throws IOException, ArchiveException {
        End end = ArchiveReader.checked(file, store.schemaVersion());
        String importId = end.sha256().substring(0, ID_LENGTH);
        Outcome outcome;
        try {
            stage(file, importId, progress);
            outcome = store.finish(importId, end.rows(), clock.instant());
        } catch (IOException | ArchiveException | RuntimeException e) {
            abandon(importId, e);
            throw e;
        }
        if (!(outcome instanceof Outcome.Imported)) {
            store.abandon(importId);
        }
        return outcome;
    }

    /** What broke the import may keep its rows from being forgotten, too; it is the first reason that counts. */
    private void abandon(String importId, Exception reason) {
        try {
            store.abandon(importId);
        } catch (StoreUnavailableException e) {
            reason.addSuppressed(e);
        }
    }

    private void stage(Path file, String importId, Progress progress) throws IOException, ArchiveException {
        List<Row> batch = new ArrayList<>();
        long staged = 0;
        long characters = 0;
        try (ArchiveReader reader = new ArchiveReader(file)) {
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
        }
        store.stage(importId, staged, batch, clock.instant());
    }
}
