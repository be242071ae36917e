package dev.rollcall.archive;

import java.time.Instant;
import java.util.List;

/** A store that is read alone, whose only rows are of sites. */
final class StoreWithSites implements ArchiveStore {

    private final List<String> sites;

    StoreWithSites(String... sites) {
        this.sites = List.of(sites);
    }

    @Override
    public Opening opening(SealedTemplate template) {
        return Opening.OTHER_KEY;
    }

    @Override
    public Page read(Kind kind, String after) {
        return new Page(kind == Kind.SITE ? sites : List.of(), "");
    }

    @Override
    public void stage(String importId, long first, List<Row> rows, Instant now) {
        throw new UnsupportedOperationException("not called by Backup");
    }

    @Override
    public void abandon(String importId) {
        throw new UnsupportedOperationException("not called by Backup");
    }

    @Override
    public Outcome finish(String importId, long rows, Instant now) {
        throw new UnsupportedOperationException("not called by Backup");
    }

    @Override
    public int schemaVersion() {
        return 1;
    }
}
