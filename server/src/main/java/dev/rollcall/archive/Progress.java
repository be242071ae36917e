package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveStore.Kind;

/** A listener for the progress of an export or import. */
public interface Progress {

    /**
     * Called after rows were written or read.
     *
     * @param kind of the last row
     * @param rows the number of rows of all kinds so far
     */
    void rows(Kind kind, long rows);
}
