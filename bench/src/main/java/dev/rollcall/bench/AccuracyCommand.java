package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.bench.Verification.Fold;
import dev.rollcall.bench.Verification.Score;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the accuracy of verification on pairs of pictures. */
@Command(
        name = "accuracy",
        description = "Verification accuracy on pairs of pictures, by the protocol of LFW.",
        mixinStandardHelpOptions = true)
final class AccuracyCommand implements Callable<Integer> {

    private static final double[] FIXED_FMRS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
    private static final double NO_FACE = -1;

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Mixin
    private RuntimeOption runtime = new RuntimeOption();

    @Option(names = "--pairs", required = true, description = "CSV: person_a,image_a,person_b,image_b,same,fold")
    private Path pairsFile = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Pair> pairs = Pair.read(pairsFile);
        Set<Picture> pictures = pairs.stream()
                .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                .collect(Collectors.toSet());
        Map<Picture, Embedding> embeddings;
        try (FaceEngine engine = runtime.open()) {
            embeddings = images.pictures().embeddings(engine, pictures);
        }
        print(verification(pairs, embeddings), pictures.size(), pictures.size() - embeddings.size());
        return 0;
    }

    /** Scores the pairs of a protocol; a pair with a picture without a face has similarity −1. */
    static Verification verification(List<Pair> pairs, Map<Picture, Embedding> embeddings) {
        List<Score> scores = new ArrayList<>();
        for (Pair pair : pairs) {
            Embedding first = embeddings.get(pair.first());
            Embedding second = embeddings.get(pair.second());
            double similarity = first == null || second == null ? NO_FACE : first.similarity(second);
            scores.add(new Score(similarity, pair.same(), pair.fold()));
        }
        return new Verification(scores);
    }

    private void print(Verification verification, int pictures, long missing) {
        printLine(
                "%d pictures, %d without a face; %d genuine and %d impostor pairs",
                pictures, missing, verification.genuinePairs(), verification.impostorPairs());
        List<Fold> folds = verification.folds();
        for (Fold fold : folds) {
            printLine(
                    "fold %2d   accuracy %6.2f %%   threshold %.4f",
                    fold.number(), 100 * fold.accuracy(), fold.threshold());
        }
        double mean = folds.stream().mapToDouble(Fold::accuracy).average().orElse(0);
        double variance = folds.stream()
                .mapToDouble(fold -> Math.pow(fold.accuracy() - mean, 2))
                .average()
                .orElse(0);
        printLine("accuracy  %.2f %% ± %.2f", 100 * mean, 100 * Math.sqrt(variance));
        printLine("EER       %.2f %%", 100 * verification.equalErrorRate());
        for (double fmr : FIXED_FMRS) {
            if (fmr * verification.impostorPairs() >= 1) {
                double threshold = verification.thresholdAtFmr(fmr);
                printLine(
                        "FNMR      %.2f %% at FMR %.0e (similarity %.4f)",
                        100 * verification.fnmr(threshold), fmr, threshold);
            } else {
                printLine("FNMR      not measurable at FMR %.0e: too few impostor pairs", fmr);
            }
        }
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(format.formatted(arguments));
        out.flush();
    }
}
