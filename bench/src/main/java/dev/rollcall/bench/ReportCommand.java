package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.bench.Verification.Fold;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.RuntimeOptions.Choice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a page with the engine's accuracy, its worst errors and its speed. */
@Command(
        name = "report",
        description = "Writes an HTML page with curves, histograms and the worst errors as pictures.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private static final int WORST = 12;
    private static final int ROUNDS = 60;

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Option(names = "--pairs", required = true, description = "CSV: person_a,image_a,person_b,image_b,same,fold")
    private Path pairsFile = Path.of("");

    @Option(
            names = "--out",
            description = "where to write; the page shows the collection's pictures, so don't publish it"
                    + " (${DEFAULT-VALUE})")
    private Path out = Path.of("accuracy.html");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Pictures pictures = images.pictures();
        HtmlPage page = new HtmlPage("Recognition accuracy of Rollcall");
        try (FaceEngine engine = new FaceEngine()) {
            Map<Picture, Embedding> embeddings = pictures.embeddings(engine, pictures.all());
            AllPairs pairs = AllPairs.of(embeddings);
            page.paragraph(String.format(
                    Locale.ROOT,
                    "Model %s. %,d pictures, %,d genuine and %,d impostor pairs.",
                    engine.modelId(),
                    embeddings.size(),
                    pairs.genuineCount(),
                    pairs.impostorCount()));
            addProtocol(page, embeddings);
            addCurves(page, pairs);
            addErrors(page, pictures, new WorstPairs(embeddings, WORST));
        }
        addStages(page, pictures.bytes(pictures.all().get(0)));
        Files.writeString(out, page.toString());
        PrintWriter console = spec.commandLine().getOut();
        console.println("Written: " + out);
        console.flush();
        return 0;
    }

    private void addProtocol(HtmlPage page, Map<Picture, Embedding> embeddings) throws IOException {
        Verification verification = AccuracyCommand.verification(Pair.read(pairsFile), embeddings);
        Map<String, String> rows = new LinkedHashMap<>();
        for (Fold fold : verification.folds()) {
            rows.put("fold " + fold.number(), percent(fold.accuracy()));
        }
        rows.put("equal error rate", percent(verification.equalErrorRate()));
        page.heading("The protocol of the pairs file");
        page.table("", "accuracy at the threshold that is best on the other folds", rows);
    }

    private static void addCurves(HtmlPage page, AllPairs pairs) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (double fmr : new double[] {1e-2, 1e-3, 1e-4, 1e-5}) {
            double similarity = pairs.similarityAtFmr(fmr);
            rows.put(
                    String.format(Locale.ROOT, "%.0e", fmr),
                    String.format(Locale.ROOT, "%.2f %% at similarity %.3f", 100 * pairs.fnmr(similarity), similarity));
        }
        page.heading("All pairs");
        page.table("false match rate", "false non-match rate", rows);
        page.chart(Charts.roc(pairs));
        page.chart(Charts.det(pairs));
        page.chart(Charts.histogram(pairs));
    }

    private static void addErrors(HtmlPage page, Pictures pictures, WorstPairs worst) {
        page.heading("The most alike pictures of different people");
        page.paragraph("Some of these are one person under two names: errors of the collection, not of the engine.");
        worst.falseMatches().forEach(pair -> addPair(page, pictures, pair));
        page.heading("The least alike pictures of one person");
        worst.misses().forEach(pair -> addPair(page, pictures, pair));
    }

    private static void addPair(HtmlPage page, Pictures pictures, WorstPairs.Scored pair) {
        page.figure(
                pictures.bytes(pair.one()),
                pictures.bytes(pair.other()),
                String.format(
                        Locale.ROOT,
                        "%.3f<br>%s<br>%s",
                        pair.similarity(),
                        pair.one().name(),
                        pair.other().name()));
    }

    private static void addStages(HtmlPage page, byte[] picture) {
        try (Stages stages = new Stages(picture, Choice.AUTO)) {
            Map<String, Double> medians = Rounds.medians(stages.byName(), ROUNDS);
            Map<String, String> rows = new LinkedHashMap<>();
            medians.forEach((stage, ms) -> rows.put(stage, String.format(Locale.ROOT, "%.2f ms", ms)));
            page.heading("Time by stage");
            page.table("stage", "median, one thread", rows);
        }
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * rate);
    }
}
