package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.RuntimeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how often covered eyes and mouths are found, and how often free ones are taken for covered. */
@Command(
        name = "coverings",
        description =
                "Faces refused as covered in strict quality: unchanged, and with sunglasses and masks painted on.",
        mixinStandardHelpOptions = true)
final class CoveringsCommand implements Callable<Integer> {

    private static final AnalysisRules STRICT = new AnalysisRules(QualityLevel.STRICT, 0, false, LivenessMode.OFF, 0.5);

    @Mixin
    private CollectionsOption images = new CollectionsOption();

    @Option(names = "--pictures", description = "largest number of pictures of a collection (${DEFAULT-VALUE})")
    private int most = 1000;

    @Option(names = "--names", description = "name the unchanged pictures that are refused as covered")
    private boolean names;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("| collection | pictures | number | EYES_COVERED | MOUTH_COVERED | refused for something else |");
        out.println("|---|---|---|---|---|---|");
        EngineOptions options =
                new EngineOptions(25, EngineOptions.DEFAULT_PICTURE_BYTES, false, RuntimeOptions.automatic(), null);
        try (FaceEngine engine = new FaceEngine(options)) {
            for (Pictures collection : images.collections()) {
                measure(engine, collection, out);
            }
        }
        out.flush();
        return 0;
    }

    /** Counts reasons. Paints only on pictures that are accepted, or that are refused because something covers the face. */
    private void measure(FaceEngine engine, Pictures collection, PrintWriter out) throws IOException {
        List<Picture> all = collection.all();
        int step = Math.max(1, (all.size() + most - 1) / most);
        Map<String, Map<String, Integer>> reasons = new TreeMap<>();
        List<String> covered = new ArrayList<>();
        try (ProgressBar progress = new ProgressBar("pictures", all.size() / step)) {
            for (int i = 0; i < all.size(); i += step) {
                byte[] file = collection.bytes(all.get(i));
                String reason = reason(engine, file);
                if (reason.isEmpty() || reason.endsWith("_COVERED")) {
                    count(reasons, "unchanged", reason);
                    paint(engine, file, i, reasons);
                }
                if (reason.endsWith("_COVERED")) {
                    covered.add(all.get(i).name() + " " + reason);
                }
                progress.step();
            }
        }
        reasons.forEach((kind, counts) -> print(out, CollectionsOption.name(collection) + " | " + kind, counts));
        if (names) {
            covered.forEach(out::println);
        }
    }

    private static void paint(FaceEngine engine, byte[] file, int seed, Map<String, Map<String, Integer>> reasons)
            throws IOException {
        Optional<Face> face = Pictures.face(engine, file, AnalysisRules.none());
        if (face.isPresent()) {
            for (PaintedCovering covering : PaintedCovering.values()) {
                byte[] painted = covering.paint(file, face.get().landmarks(), seed);
                count(reasons, covering.name().toLowerCase(Locale.ROOT) + " painted on", reason(engine, painted));
            }
        }
    }

    private static void count(Map<String, Map<String, Integer>> reasons, String kind, String reason) {
        reasons.computeIfAbsent(kind, unused -> new TreeMap<>()).merge(reason, 1, Integer::sum);
    }

    /** Why a picture is refused; empty if it is accepted. */
    private static String reason(FaceEngine engine, byte[] picture) {
        return engine.analyze(picture, STRICT) instanceof Analysis.Rejected rejected
                ? String.valueOf(rejected.rejection()
                        .details()
                        .getOrDefault("reason", rejected.rejection().reason()))
                : "";
    }

    private static void print(PrintWriter out, String name, Map<String, Integer> counts) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        int eyes = counts.getOrDefault("EYES_COVERED", 0);
        int mouth = counts.getOrDefault("MOUTH_COVERED", 0);
        int other = all - eyes - mouth - counts.getOrDefault("", 0);
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f %% | %.1f %% | %.1f %% |%n",
                name,
                all,
                100.0 * eyes / all,
                100.0 * mouth / all,
                100.0 * other / all);
    }
}
