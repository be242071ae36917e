package dev.rollcall.bench;

import dev.rollcall.engine.RuntimeOptions.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** JMH benchmark of one stage of an analysis. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StageBenchmark {

    /** All stages, in the order of an analysis. */
    static final List<String> STAGES = List.of(
            "decode",
            "detect",
            "landmarks",
            "align",
            "embed",
            "quality",
            "liveness",
            "detector alone",
            "landmarks alone",
            "liveness alone",
            "embedder alone",
            Stages.MODELS,
            Stages.WHOLE,
            Stages.HELPED);

    /** The name of a stage; see {@link Stages#byName()}. */
    @Param("")
    public String stage = "";

    /** The picture's path. */
    @Param("")
    public String picture = "";

    /** What computes the models. */
    @Param("AUTO")
    public Choice runtime = Choice.AUTO;

    @SuppressWarnings("NullAway.Init")
    private Stages stages;

    @SuppressWarnings("NullAway.Init")
    private Runnable run;

    /** Loads the models. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        stages = new Stages(Files.readAllBytes(Path.of(picture)), runtime);
        Runnable named = stages.byName().get(stage);
        if (named == null) {
            throw new IllegalArgumentException("no stage " + stage);
        }
        run = named;
    }

    /** One run. */
    @Benchmark
    public void once() {
        run.run();
    }

    /** Frees the models. */
    @TearDown(Level.Trial)
    public void close() {
        stages.close();
    }
}
