package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.archive.ArchiveStore.Opening;
import dev.rollcall.archive.ArchiveStore.Page;
import dev.rollcall.archive.ArchiveStore.SealedTemplate;
import dev.rollcall.outcome.StoreUnavailableException;

/** The rows that a store holds, to be read. Every method may throw {@link StoreUnavailableException}. */
public interface ArchiveSource {

    /** Tries to open an encrypted template with the keys that are known here. */
    Opening opening(SealedTemplate template);

    /**
     * Reads rows of a kind.
     *
     * @param after the {@code last} of the page before, or an empty text for the first page
     */
    Page read(Kind kind, String after);

    /** The version of the schema that the rows have. */
    int schemaVersion();
}
