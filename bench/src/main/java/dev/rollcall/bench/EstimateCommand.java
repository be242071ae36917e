package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how well the false match rate that the service estimates from some people predicts that of the others. */
@Command(
        name = "estimate",
        description = "How well the false match rate estimated from some people predicts that of the others.",
        mixinStandardHelpOptions = true)
final class EstimateCommand implements Callable<Integer> {

    private static final List<Double> CONFIDENCES = List.of(0.75, 0.80, 0.85, 0.90, 0.95);

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Option(names = "--templates", description = "templates of a person, at most (${DEFAULT-VALUE})")
    private int templates = 1;

    @Option(names = "--splits", description = "how often people are divided at random (${DEFAULT-VALUE})")
    private int splits = 40;

    @Option(
            names = "--people",
            description = "people to estimate from, separated by commas; 0 for half of them (${DEFAULT-VALUE})",
            split = ",")
    private List<Integer> sizes = List.of(20, 0);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Pictures pictures = images.pictures();
        Calibration calibration;
        ImpostorTail builtIn;
        List<List<Embedding>> people;
        try (FaceEngine engine = new FaceEngine()) {
            calibration = engine.calibration();
            builtIn = engine.impostorTail();
            people = people(pictures, engine);
        }
        List<Double> thresholds =
                CONFIDENCES.stream().map(calibration::similarity).toList();
        SplitTrial trial = new SplitTrial(people, thresholds, builtIn);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%d people, at most %d templates each%n", people.size(), templates);
        out.println("| estimated from | confidence | similarity | FMR of all | of the others | estimate | upper bound"
                + " | FMR of all within the bound |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (int size : sizes) {
            int from = size == 0 ? people.size() / 2 : size;
            if (from < people.size()) {
                print(out, from, thresholds, trial.run(from, splits));
            }
        }
        out.flush();
        return 0;
    }

    private List<List<Embedding>> people(Pictures pictures, FaceEngine engine) throws IOException {
        List<List<Picture>> first = new ArrayList<>();
        pictures.people(1).values().forEach(own -> first.add(own.subList(0, Math.min(templates, own.size()))));
        Map<Picture, Embedding> embeddings =
                pictures.embeddings(engine, first.stream().flatMap(List::stream).toList());
        return first.stream()
                .map(own -> own.stream()
                        .map(embeddings::get)
                        .filter(Objects::nonNull)
                        .toList())
                .filter(own -> !own.isEmpty())
                .toList();
    }

    private static void print(PrintWriter out, int from, List<Double> thresholds, List<SplitTrial.Row> rows) {
        for (int i = 0; i < rows.size(); i++) {
            SplitTrial.Row row = rows.get(i);
            out.printf(
                    Locale.ROOT,
                    "| %d people | %.2f | %.3f | %.1e | %.1e | %.1e | %.1e | %.0f %% |%n",
                    from,
                    CONFIDENCES.get(i),
                    thresholds.get(i),
                    row.all(),
                    row.others(),
                    row.estimate(),
                    row.upper(),
                    100 * row.within());
        }
        out.flush();
    }
}
