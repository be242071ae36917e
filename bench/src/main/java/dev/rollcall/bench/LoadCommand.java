package dev.rollcall.bench;

import dev.rollcall.bench.LoadRound.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a service on loopback with increasing numbers of clients, and the bare models on the same cores in between. */
@Command(
        name = "load",
        description =
                "Start a service, send it requests, and print its throughput and memory beside the throughput of the bare models.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

    private static final double WARM_UP_SECONDS = 5;

    @Option(names = "--service", split = " ", description = "the service's command line (${DEFAULT-VALUE})")
    private List<String> service = List.of("./rollcall", "serve");

    @Option(names = "--portraits", description = "a folder of PNG portraits, one of each person (${DEFAULT-VALUE})")
    private Path portraits = Path.of("portraits");

    @Option(
            names = "--clients",
            split = ",",
            description = "numbers of concurrent clients, one round each (${DEFAULT-VALUE})")
    private List<Integer> clients = List.of(1, 2, 10, 50, 200);

    @Option(names = "--seconds", description = "seconds of each round (${DEFAULT-VALUE})")
    private double seconds = 8;

    @Option(names = "--large", description = "also 10 clients with pictures of 12 megapixels")
    private boolean large;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rollcall-load");
        try {
            LoadPeople people = new LoadPeople(portraits);
            LoadedService.start(service, folder, Map.of()).close();
            try (LoadedService running = LoadedService.start(service, folder, Map.of());
                    BareModels bare = new BareModels()) {
                printLine(
                        "ready after %.2f s (not the first start), %.0f MB then%n",
                        running.secondsToReady(), running.megabytes("VmRSS"));
                people.enroll(running);
                LoadRound round = new LoadRound(running.port(), people.recognitions(640, 480));
                round.run(2, WARM_UP_SECONDS);
                head();
                for (int count : clients) {
                    measure(running, bare, round, "640×480", count);
                }
                if (large) {
                    LoadRound phones = new LoadRound(running.port(), people.recognitions(4000, 3000));
                    measure(running, bare, phones, "4000×3000", 10);
                }
                printLine("%nembedded database: %.0f MB (proportional share)", running.databaseMegabytes());
            }
            return 0;
        } finally {
            delete(folder);
        }
    }

    private void head() {
        printLine(
                "| picture | clients | served/s | p50 ms | p95 ms | p99 ms | refused (503) | failed | peak RSS MB | cores used"
                        + " | bare models ms | bare sets/s | p50 / bare | served / bare |");
        printLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    /** The bare models are measured before and after the round, because the machine's speed changes. */
    private void measure(LoadedService running, BareModels bare, LoadRound round, String picture, int count)
            throws IOException, InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        BareModels.Pace one = bare.measure(1, seconds / 8);
        BareModels.Pace all = bare.measure(cores, seconds / 8);
        running.resetPeak();
        double cpu = running.cpuSeconds();
        Outcome outcome = round.run(count, seconds);
        double used = (running.cpuSeconds() - cpu) / outcome.seconds();
        double peak = running.megabytes("VmHWM");
        BareModels.Pace oneMore = bare.measure(1, seconds / 8);
        BareModels.Pace allMore = bare.measure(cores, seconds / 8);
        double milliseconds = (one.milliseconds() + oneMore.milliseconds()) / 2;
        double perSecond = (all.perSecond() + allMore.perSecond()) / 2;
        printLine(
                "| %s | %d | %.1f | %.1f | %.1f | %.1f | %d | %s | %.0f | %.2f | %.1f | %.1f | %.2f | %.2f |",
                picture,
                count,
                outcome.perSecond(),
                outcome.percentile(0.50),
                outcome.percentile(0.95),
                outcome.percentile(0.99),
                outcome.refused(),
                outcome.failed().isEmpty() ? "0" : outcome.failed().toString(),
                peak,
                used,
                milliseconds,
                perSecond,
                outcome.percentile(0.50) / milliseconds,
                outcome.perSecond() / perSecond);
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toArray(Path[]::new)) {
                Files.deleteIfExists(path);
            }
        }
    }
}
