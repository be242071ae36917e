package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private int seconds = 1;

    @Option(names = "--rounds", description = "measured rounds (${DEFAULT-VALUE}), after one to warm up")
    private int rounds = 3;

    @Option(
            names = "--turns",
            description = "how often all is measured, of which the medians are printed (${DEFAULT-VALUE})")
    private int turns = 3;

    @Mixin
    private RuntimeOption runtime = new RuntimeOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** A search and the copying that was measured next to it, both in milliseconds. */
    private record Measured(double search, double copy) {}

    @Override
    public Integer call() throws RunnerException {
        Map<Integer, List<Measured>> measured = new TreeMap<>();
        for (int turn = 0; turn < turns; turn++) {
            for (int size : sizes) {
                measured.computeIfAbsent(size, unused -> new ArrayList<>()).add(measure(size));
            }
        }
        print(measured);
        return 0;
    }

    private Measured measure(int size) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(GalleryBenchmark.class.getName())
                .param("templates", String.valueOf(size))
                .param("runtime", runtime.choice().name())
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(rounds)
                .measurementTime(TimeValue.seconds(seconds))
                .jvmArgs(runtime.serviceFlags().toArray(String[]::new))
                .jvmArgsAppend("-Djmh.ignoreLock=true", "-XX:MaxDirectMemorySize=8g");
        double search = Double.NaN;
        double copy = Double.NaN;
        for (RunResult result : new Runner(options.build()).run()) {
            double ms = result.getPrimaryResult().getScore();
            if (result.getPrimaryResult().getLabel().equals("search")) {
                search = ms;
            } else {
                copy = ms;
            }
        }
        return new Measured(search, copy);
    }

    private void print(Map<Integer, List<Measured>> measured) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%n| templates | search, ms | copying the bytes once, ms | search / copying | GB/s |%n");
        out.printf("|---|---|---|---|---|%n");
        measured.forEach((size, all) -> {
            double ms = median(all, Measured::search);
            out.printf(
                    Locale.ROOT,
                    "| %,d | %.3f | %.3f | %.2f | %.1f |%n",
                    size,
                    ms,
                    median(all, Measured::copy),
                    median(all, one -> one.search() / one.copy()),
                    size * (double) Embedding.DIMENSIONS / ms / BYTES_PER_MS_AND_GB);
        });
        out.printf("%n%d bytes a template%n", TemplateIndex.BYTES_EACH);
        out.flush();
    }

    private static double median(List<Measured> all, ToDoubleFunction<Measured> value) {
        return all.stream()
                .mapToDouble(value)
                .sorted()
                .skip(all.size() / 2)
                .findFirst()
                .orElse(Double.NaN);
    }
}
