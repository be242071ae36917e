package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the search of galleries by JMH, on one thread with the service's JVM flags, beside the copying of memory. */
@Command(
        name = "gallery",
        description = "Milliseconds of a search among so many templates, beside the copying of as many bytes.",
        mixinStandardHelpOptions = true)
final class GalleryCommand implements Callable<Integer> {

    private static final double BYTES_PER_MS_AND_GB = 1e6;

    @Option(names = "--templates", description = "sizes, separated by commas (${DEFAULT-VALUE})", split = ",")
    private List<Integer> sizes = List.of(1_000, 10_000, 100_000, 1_000_000);

    @Option(names = "--seconds", description = "seconds for each round (${DEFAULT-VALUE})")
    private int seconds = 2;

    @Option(names = "--rounds", description = "measured rounds (${DEFAULT-VALUE}), after two to warm up")
    private int rounds = 5;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(GalleryBenchmark.class.getName())
                .param("templates", sizes.stream().map(String::valueOf).toArray(String[]::new))
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(rounds)
                .measurementTime(TimeValue.seconds(seconds))
                .jvmArgs(SpeedCommand.SERVICE_FLAGS.toArray(String[]::new))
                .jvmArgsAppend("-Djmh.ignoreLock=true", "-XX:MaxDirectMemorySize=8g");
        print(new Runner(options.build()).run());
        return 0;
    }

    private void print(Collection<RunResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        Map<Integer, Double> searches = new TreeMap<>();
        Map<Integer, Double> copies = new TreeMap<>();
        for (RunResult result : results) {
            boolean search = result.getPrimaryResult().getLabel().equals("search");
            (search ? searches : copies)
                    .put(
                            Integer.valueOf(result.getParams().getParam("templates")),
                            result.getPrimaryResult().getScore());
        }
        out.printf("%n| templates | search, ms | copying the bytes once, ms | search / copying | GB/s |%n");
        out.printf("|---|---|---|---|---|%n");
        searches.forEach((size, ms) -> {
            double copy = copies.getOrDefault(size, Double.NaN);
            out.printf(
                    Locale.ROOT,
                    "| %,d | %.3f | %.3f | %.2f | %.1f |%n",
                    size,
                    ms,
                    copy,
                    ms / copy,
                    size * (double) Embedding.DIMENSIONS / ms / BYTES_PER_MS_AND_GB);
        });
        out.printf("%n%d bytes a template%n", TemplateIndex.BYTES_EACH);
        out.flush();
    }
}
