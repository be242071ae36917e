package dev.rollcall.bench;

import dev.rollcall.engine.RuntimeOptions.Choice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures each stage of an analysis on one thread by JMH, and the overhead of the whole over the bare model runs. */
@Command(
        name = "speed",
        description = "Milliseconds per stage by JMH, and the overhead over the bare model runs.",
        mixinStandardHelpOptions = true)
final class SpeedCommand implements Callable<Integer> {

    /** The JVM flags of the service ({@code ./rollcall}): the C1 compiler only. */
    static final List<String> SERVICE_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx80m",
            "-Xms24m",
            "-Xmn12m",
            "-XX:SurvivorRatio=4",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:TieredStopAtLevel=1",
            "-Xss256k",
            "-Djava.awt.headless=true");

    private static final List<String> DEFAULT_FLAGS =
            List.of("-XX:+UseSerialGC", "-Xmx200m", "-Djava.awt.headless=true");

    @Parameters(paramLabel = "PICTURE", description = "a JPEG, PNG or WebP with a face")
    private Path picture = Path.of("");

    @Option(names = "--seconds", description = "seconds for each round of a stage (${DEFAULT-VALUE})")
    private int seconds = 2;

    @Option(names = "--rounds", description = "measured rounds (${DEFAULT-VALUE}), after two to warm up")
    private int rounds = 5;

    @Option(names = "--stage", description = "only this stage; may be given several times")
    private List<String> stages = StageBenchmark.STAGES;

    @Option(names = "--default-compilers", description = "Java's default compilers instead of the service's flags")
    private boolean defaultCompilers;

    @Option(names = "--compare", description = "each stage by ONNX Runtime and by Java, and the ratio")
    private boolean compare;

    @Mixin
    private RuntimeOption runtime = new RuntimeOption();

    @Option(names = "--json", description = "also write JMH's results to this file")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, RunnerException {
        if (compare) {
            compareRuntimes();
        } else {
            List<String> flags = defaultCompilers ? DEFAULT_FLAGS : runtime.serviceFlags();
            print(run(stages, runtime.choice(), flags));
        }
        return 0;
    }

    private Collection<RunResult> run(List<String> names, Choice choice, List<String> flags)
            throws IOException, RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(StageBenchmark.class.getName())
                .param("picture", picture.toRealPath().toString())
                .param("stage", names.toArray(String[]::new))
                .param("runtime", choice.name())
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(rounds)
                .measurementTime(TimeValue.seconds(seconds))
                .jvmArgs(flags.toArray(String[]::new))
                .jvmArgsAppend("-Djmh.ignoreLock=true");
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json.toString());
        }
        return new Runner(options.build()).run();
    }

    /** Each stage by ONNX Runtime and then by Java, each with its flags: the fastest rounds, which other programs disturb least. */
    private void compareRuntimes() throws IOException, RunnerException {
        List<String> lines = new ArrayList<>();
        for (String stage : stages) {
            double library = fastest(run(List.of(stage), Choice.NATIVE, RuntimeOption.serviceFlags(Choice.NATIVE)));
            double java = fastest(run(List.of(stage), Choice.JAVA, RuntimeOption.serviceFlags(Choice.JAVA)));
            lines.add(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.2f |", stage, library, java, java / library));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%n| stage | ONNX Runtime, ms | Java, ms | ratio |%n|---|---|---|---|%n");
        lines.forEach(out::println);
        out.flush();
    }

    private static double fastest(Collection<RunResult> results) {
        return results.stream()
                .mapToDouble(result -> result.getPrimaryResult().getStatistics().getMin())
                .min()
                .orElse(Double.NaN);
    }

    private void print(Collection<RunResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Double> milliseconds = new LinkedHashMap<>();
        out.printf("%n| stage | ms | ± (99.9 %%) |%n|---|---|---|%n");
        for (RunResult result : results) {
            String stage = result.getParams().getParam("stage");
            milliseconds.put(stage, result.getPrimaryResult().getScore());
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f |%n",
                    stage,
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError());
        }
        double models = milliseconds.getOrDefault(Stages.MODELS, Double.NaN);
        double whole = milliseconds.getOrDefault(Stages.WHOLE, Double.NaN);
        out.printf(Locale.ROOT, "| whole / models | %.2f | |%n", whole / models);
        out.flush();
    }
}
