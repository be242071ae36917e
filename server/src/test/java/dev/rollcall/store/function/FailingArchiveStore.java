package dev.rollcall.store.function;

import dev.rollcall.archive.ArchiveStore;
import java.time.Instant;
import java.util.List;

/** An archive store that is lost when an import is to be finished. */
record FailingArchiveStore(ArchiveStore store) implements ArchiveStore {

    @Override
    public Opening opening(SealedTemplate template) {
        return store.opening(template);
    }

    @Override
    public Page read(Kind kind, String after) {
        return store.read(kind, after);
    }

    @Override
    public void stage(String importId, long first, List<Row> rows, Instant now) {
        store.stage(importId, first, rows, now);
    }

    @Override
    public void abandon(String importId) {
        store.abandon(importId);
    }

    @Override
    public Outcome finish(String importId, long rows, Instant now) {
        throw new IllegalStateException("lost");
    }

    @Override
    public int schemaVersion() {
        return store.schemaVersion();
    }
}
