package dev.rollcall.archive;

import java.time.Instant;
import java.util.List;

/** A store that knows no key and holds nothing: only a check of rows is asked of it. */
final class KeylessStore implements ArchiveStore {

    @Override
    public Opening opening(SealedTemplate template) {
        return Opening.OTHER_KEY;
    }

    @Override
    public Page read(Kind kind, String after) {
        throw new UnsupportedOperationException("not called by Import");
    }

    @Override
    public void stage(String importId, long first, List<Row> rows, Instant now) {
        throw new UnsupportedOperationException("not called by Import");
    }

    @Override
    public void abandon(String importId) {
        throw new UnsupportedOperationException("not called by Import");
    }

    @Override
    public Outcome finish(String importId, long rows, Instant now) {
        throw new UnsupportedOperationException("not called by Import");
    }

    @Override
    public int schemaVersion() {
        return 11;
    }
}
