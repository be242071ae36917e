package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.RuntimeOptions.Choice;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how far the results of Java are from those of ONNX Runtime. */
@Command(
        name = "agreement",
        description = "Differences between the models computed by Java and by ONNX Runtime.",
        mixinStandardHelpOptions = true)
final class AgreementCommand implements Callable<Integer> {

    private static final AnalysisRules RULES = new AnalysisRules(
            QualityLevel.OFF, 0, false, LivenessMode.MONITOR, AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Option(names = "--every", description = "only each so many pictures (${DEFAULT-VALUE})")
    private int every = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Pictures pictures = images.pictures();
        List<Picture> all = pictures.all();
        List<Picture> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i += every) {
            chosen.add(all.get(i));
        }
        Map<Picture, Face> byLibrary = faces(Choice.NATIVE, pictures, chosen);
        Map<Picture, Face> byJava = faces(Choice.JAVA, pictures, chosen);
        print(chosen.size(), byLibrary, byJava);
        return byLibrary.keySet().equals(byJava.keySet()) ? 0 : 1;
    }

    private static Map<Picture, Face> faces(Choice runtime, Pictures pictures, List<Picture> chosen) {
        try (FaceEngine engine = RuntimeOption.open(runtime)) {
            return pictures.faces(engine, chosen, RULES);
        }
    }

    private void print(int pictures, Map<Picture, Face> byLibrary, Map<Picture, Face> byJava) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d pictures; faces by ONNX Runtime: %d, by Java: %d%n", pictures, byLibrary.size(), byJava.size());
        out.println("| greatest difference | |");
        out.println("|---|---|");
        print(
                "1 − cosine of the embeddings",
                byLibrary,
                byJava,
                (a, b) -> 1 - a.embedding().similarity(b.embedding()));
        print("box, pixels", byLibrary, byJava, AgreementCommand::boxes);
        print(
                "detection score",
                byLibrary,
                byJava,
                (a, b) ->
                        Math.abs((double) a.detection().score() - b.detection().score()));
        print("landmarks, pixels", byLibrary, byJava, AgreementCommand::landmarks);
        print("liveness", byLibrary, byJava, (a, b) -> Math.abs(score(a.liveness()) - score(b.liveness())));
        out.flush();
    }

    private void print(
            String name,
            Map<Picture, Face> byLibrary,
            Map<Picture, Face> byJava,
            BiFunction<Face, Face, Double> difference) {
        double greatest = byLibrary.entrySet().stream()
                .filter(entry -> byJava.containsKey(entry.getKey()))
                .mapToDouble(entry -> difference.apply(entry.getValue(), byJava.get(entry.getKey())))
                .max()
                .orElse(Double.NaN);
        spec.commandLine().getOut().printf(Locale.ROOT, "| %s | %.2g |%n", name, greatest);
    }

    private static double boxes(Face one, Face other) {
        Box a = one.detection().box();
        Box b = other.detection().box();
        double horizontal = Math.max(Math.abs(a.left() - b.left()), Math.abs(a.right() - b.right()));
        double vertical = Math.max(Math.abs(a.top() - b.top()), Math.abs(a.bottom() - b.bottom()));
        return Math.max(horizontal, vertical);
    }

    private static double landmarks(Face one, Face other) {
        double greatest = 0;
        for (int i = 0; i < one.landmarks().points().size(); i++) {
            Point a = one.landmarks().points().get(i);
            Point b = other.landmarks().points().get(i);
            greatest = Math.max(greatest, Math.hypot(a.x() - b.x(), a.y() - b.y()));
        }
        return greatest;
    }

    private static double score(@Nullable Liveness liveness) {
        return liveness == null ? Double.NaN : liveness.score();
    }
}
