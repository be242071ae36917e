package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.archive.ArchiveStore.Opening;
import dev.rollcall.archive.ArchiveStore.Page;
import dev.rollcall.archive.ArchiveStore.SealedTemplate;
import java.util.List;

/** A store that is read alone, whose only rows are of sites. */
final class StoreWithSites implements ArchiveSource {

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
    public int schemaVersion() {
        return 1;
    }
}
