package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveStore.Kind;

/** Is told how far an export or import has come. */
public interface Progress {

    /**
     * Hears of rows that are done.
     *
     * @param kind what the last of them was
     * @param rows how many of all kinds
     */
    void rows(Kind kind, long rows);
}
