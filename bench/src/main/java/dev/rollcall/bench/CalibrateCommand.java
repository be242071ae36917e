package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures error rates on all pairs of a collection, and fits calibration and impostor tail to them. */
@Command(
        name = "calibrate",
        description = "False match and non-match rates by confidence, on all pairs; fits the calibration to them.",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {

    private static final double[] CONFIDENCES = {
        0.30, 0.40, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.98
    };

    private static final int[] GALLERIES = {10, 100, 500, 1_000, 10_000};
    private static final double[] FPIRS = {0.01, 0.001};

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Pictures pictures = images.pictures();
        try (FaceEngine engine = new FaceEngine()) {
            Map<Picture, Embedding> embeddings = pictures.embeddings(engine, pictures.all());
            print(AllPairs.of(embeddings), engine.calibration(), engine.impostorTail());
            printGalleries(embeddings, engine.impostorTail(), engine.calibration());
        }
        return 0;
    }

    private void print(AllPairs pairs, Calibration calibration, ImpostorTail tail) {
        printLine("%,d genuine and %,d impostor pairs", pairs.genuineCount(), pairs.impostorCount());
        printLine("in use  %s", curve(calibration));
        printLine("fitted  %s   genuine and impostor pairs weighing the same", curve(LogisticFit.fit(pairs, 1)));
        printLine("fitted  %s   impostors weighing 10 times as much", curve(LogisticFit.fit(pairs, 10)));
        printLine("");
        printLine("| confidence | similarity | FMR | false matches | FNMR |");
        printLine("|---|---|---|---|---|");
        for (double confidence : CONFIDENCES) {
            double similarity = calibration.similarity(confidence);
            printLine(
                    "| %.2f | %.3f | %.1e | %,d | %.2f %% |",
                    confidence,
                    similarity,
                    pairs.fmr(similarity),
                    pairs.impostorsFrom(similarity),
                    100 * pairs.fnmr(similarity));
        }
        printLine("");
        ImpostorTail fitted = TailFit.fit(pairs);
        printLine("impostor tail in use  mean %.3f, deviation %.4f", tail.mean(), tail.deviation());
        printLine("impostor tail fitted  mean %.3f, deviation %.4f", fitted.mean(), fitted.deviation());
        printLine("");
        printLine("| FMR | similarity measured | similarity by the tail |");
        printLine("|---|---|---|");
        for (double fmr : TailFit.RATES) {
            printLine("| %.0e | %.3f | %.3f |", fmr, pairs.similarityAtFmr(fmr), tail.similarityAtFmr(fmr));
        }
    }

    private void printGalleries(Map<Picture, Embedding> embeddings, ImpostorTail tail, Calibration calibration) {
        printLine("");
        printLine("| templates | target FPIR | similarity | confidence | FPIR measured | FNIR measured |");
        printLine("|---|---|---|---|---|---|");
        for (int size : GALLERIES) {
            for (double fpir : FPIRS) {
                double similarity = tail.similarityForGallery(size, fpir);
                GalleryTrial.Rates rates = new GalleryTrial(embeddings, size).rates(similarity);
                printLine(
                        "| %,d | %.1f %% | %.3f | %.3f | %s | %s |",
                        size,
                        100 * fpir,
                        similarity,
                        calibration.confidence(similarity),
                        percent(rates.fpir()),
                        percent(rates.fnir()));
            }
        }
    }

    private static String percent(double rate) {
        return Double.isNaN(rate) ? "–" : String.format(Locale.ROOT, "%.2f %%", 100 * rate);
    }

    private static String curve(Calibration calibration) {
        return String.format(Locale.ROOT, "slope %.2f, middle %.3f", calibration.slope(), calibration.middle());
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
