package dev.rollcall.cli;

import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.bulk.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/**
 * Counts the results on their way to another ledger, and shows the progress: a bar on a terminal, otherwise a line every few
 * seconds. Safe for use by several threads.
 */
final class EnrollProgress implements Ledger, AutoCloseable {

    private static final Duration BAR_PAUSE = Duration.ofMillis(200);
    private static final Duration LINE_PAUSE = Duration.ofSeconds(5);
    private static final int BAR_WIDTH = 24;
    private static final int SECONDS_IN_MINUTE = 60;
    private static final double NANOS = 1e9;

    private final Ledger ledger;
    private final int total;
    private final PrintWriter out;
    private final boolean showsRefused;
    private final boolean isTerminal = Ansi.AUTO.enabled();
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Thread thread = new Thread(this::show, "progress");
    private final long start = System.nanoTime();
    private int before;
    private int handled;

    /**
     * Creates a counter.
     *
     * @param total pictures that belong to somebody
     * @param showsRefused whether a line is printed for each file that is refused
     */
    EnrollProgress(Ledger ledger, int total, PrintWriter out, boolean showsRefused) {
        this.ledger = ledger;
        this.total = total;
        this.out = out;
        this.showsRefused = showsRefused;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void show() {
        try {
            while (true) {
                Thread.sleep((isTerminal ? BAR_PAUSE : LINE_PAUSE).toMillis());
                print(isTerminal ? "\r" + bar() + line() + "\033[K" : line() + System.lineSeparator());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void print(String text) {
        out.print(text);
        out.flush();
    }

    private synchronized String bar() {
        int filled = total == 0 ? BAR_WIDTH : Math.min(BAR_WIDTH, BAR_WIDTH * handled / total);
        return "[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] ";
    }

    private synchronized String line() {
        double seconds = (System.nanoTime() - start) / NANOS;
        double pace = (handled - before) / seconds;
        String left = pace > 0 ? ", " + span((long) ((total - handled) / pace)) + " left" : "";
        return String.format(
                Locale.ROOT,
                "%,d of %,d pictures, %.1f/s, %,d refused%s",
                handled,
                total,
                pace,
                counts.getOrDefault(Status.REFUSED, 0),
                left);
    }

    private static String span(long seconds) {
        return "%d:%02d min".formatted(seconds / SECONDS_IN_MINUTE, seconds % SECONDS_IN_MINUTE);
    }

    @Override
    public Optional<Status> earlier(String file, String userId, byte[] picture) {
        Optional<Status> earlier = ledger.earlier(file, userId, picture);
        if (earlier.isPresent()) {
            synchronized (this) {
                before++;
                handled++;
            }
        }
        return earlier;
    }

    @Override
    public void add(FileResult result, byte[] picture) throws IOException {
        ledger.add(result, picture);
        synchronized (this) {
            counts.merge(result.status(), 1, Integer::sum);
            if (result.code() != null) {
                reasons.merge(result.code(), 1, Integer::sum);
            }
            if (thread.isAlive()) {
                handled++;
            }
            if (showsRefused && result.status() == Status.REFUSED) {
                print((isTerminal ? "\r\033[K" : "") + refused(result) + System.lineSeparator());
            }
        }
    }

    private static String refused(FileResult result) {
        String line = "%s: %s, %s".formatted(result.file(), result.code(), result.detail());
        return line.codePoints()
                .mapToObj(point -> Character.isISOControl(point) ? "?" : Character.toString(point))
                .collect(Collectors.joining());
    }

    /** Ends the display. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        if (isTerminal) {
            print("\r\033[K");
        }
    }

    synchronized boolean hasRefused() {
        return counts.containsKey(Status.REFUSED);
    }

    /** The counts by status, and of the refused ones by reason. */
    synchronized String summary() {
        StringBuilder summary = new StringBuilder();
        counts.forEach((status, count) -> summary.append(String.format(
                Locale.ROOT,
                "%,d %s, ",
                count,
                status.name().toLowerCase(Locale.ROOT).replace('_', ' '))));
        summary.append(String.format(Locale.ROOT, "%,d done before", before));
        reasons.forEach((reason, count) -> summary.append(String.format(Locale.ROOT, "%n  %,6d %s", count, reason)));
        return summary.append(String.format(
                        Locale.ROOT,
                        "%n%.1f pictures per second",
                        (handled - before) * NANOS / (System.nanoTime() - start)))
                .toString();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
