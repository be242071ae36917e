package dev.rollcall.cli;

import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.archive.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints once a second how many rows of a file were read or written. */
final class RowProgress implements Progress {

    private static final long STEP_NANOS = 1_000_000_000;

    private final PrintWriter out;
    private long lastPrinted = System.nanoTime();

    RowProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void rows(Kind kind, long rows) {
        if (System.nanoTime() - lastPrinted >= STEP_NANOS) {
            lastPrinted = System.nanoTime();
            out.printf(Locale.ROOT, "%,d rows (%s) ...%n", rows, kind.name().toLowerCase(Locale.ROOT));
            out.flush();
        }
    }
}
