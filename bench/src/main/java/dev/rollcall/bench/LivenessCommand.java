package dev.rollcall.bench;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures how many real faces the liveness check refuses. */
@Command(
        name = "liveness",
        description = "Real faces refused (BPCER) by liveness threshold, on pictures of real faces.",
        mixinStandardHelpOptions = true)
final class LivenessCommand implements Callable<Integer> {

    private static final double[] THRESHOLDS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9};

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AnalysisRules rules = new AnalysisRules(
                QualityLevel.OFF, 0, false, LivenessMode.MONITOR, AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);
        Pictures pictures = images.pictures();
        List<Double> scores;
        try (FaceEngine engine = new FaceEngine()) {
            scores = pictures.faces(engine, pictures.all(), rules).values().stream()
                    .map(Face::liveness)
                    .filter(Objects::nonNull)
                    .map(Liveness::score)
                    .toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d pictures of real faces%n", scores.size());
        out.println("| threshold | BPCER |");
        out.println("|---|---|");
        for (double threshold : THRESHOLDS) {
            long refused = scores.stream().filter(score -> score < threshold).count();
            out.printf(Locale.ROOT, "| %.2f | %.2f %% |%n", threshold, 100.0 * refused / scores.size());
        }
        out.flush();
        return 0;
    }
}
