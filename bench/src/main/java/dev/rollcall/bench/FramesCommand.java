package dev.rollcall.bench;

import dev.rollcall.bench.LivenessTrial.Scored;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.liveness.Moment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the liveness of several pictures of one moment. */
@Command(
        name = "frames",
        description =
                "Liveness by several frames of one moment: how to put their scores together, and how frames differ.",
        mixinStandardHelpOptions = true)
final class FramesCommand implements Callable<Integer> {

    private static final AnalysisRules RULES = new AnalysisRules(
            QualityLevel.OFF, 0, false, LivenessMode.MONITOR, AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);

    private static final double[] THRESHOLDS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9};
    private static final double ALL = Double.MAX_VALUE;

    /** Height in pixels from which compression changes a face little. */
    private static final int LARGE = 150;

    @Option(names = "--live", required = true, description = "folder of a living person's frames, in their order")
    private List<Path> live = List.of();

    @Option(names = "--spoof", required = true, description = "folder of an attack's frames, in their order")
    private List<Path> spoof = List.of();

    @Option(names = "--frames", description = "frames of a moment, up to 5 (${DEFAULT-VALUE})")
    private int frames = 3;

    @Option(names = "--step", description = "from one frame of a moment to the next (${DEFAULT-VALUE})")
    private int step = 1;

    @Option(names = "--models", description = "folder with models of one's own")
    private @Nullable Path models;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The faces of one moment; the picture is the first one's. */
    private record Faces(Presentation picture, List<Face> faces) {

        private double[] scores() {
            return faces.stream()
                    .mapToDouble(face -> Objects.requireNonNull(face.liveness()).score())
                    .sorted()
                    .toArray();
        }

        private double change() {
            return Moment.change(faces, ALL).orElse(0);
        }
    }

    @Override
    public Integer call() throws IOException {
        EngineOptions options =
                new EngineOptions(25, EngineOptions.DEFAULT_PICTURE_BYTES, true, RuntimeOptions.automatic(), models);
        List<Faces> moments = new ArrayList<>();
        Map<String, List<Faces>> stills = new LinkedHashMap<>();
        try (FaceEngine engine = new FaceEngine(options)) {
            for (Path folder : live) {
                List<Faces> living = moments(engine, Presentation.in(folder, true));
                moments.addAll(living);
                addStills(engine, living, stills);
            }
            for (Path folder : spoof) {
                moments.addAll(moments(engine, Presentation.in(folder, false)));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        printScores(out, moments);
        printChanges(out, moments, stills);
        out.flush();
        return 0;
    }

    /** The frames of each folder, moment after moment. */
    private List<Faces> moments(FaceEngine engine, List<Presentation> pictures) {
        List<Faces> moments = new ArrayList<>();
        Map<String, List<Presentation>> bySubject =
                pictures.stream().collect(Collectors.groupingBy(Presentation::subject));
        for (List<Presentation> own : bySubject.values()) {
            for (int first = 0; first + (frames - 1) * step < own.size(); first += (frames - 1) * step + 1) {
                List<Face> faces = new ArrayList<>();
                for (int i = 0; i < frames; i++) {
                    face(engine, own.get(first + i * step).bytes()).ifPresent(faces::add);
                }
                if (faces.size() == frames) {
                    moments.add(new Faces(own.get(first), faces));
                }
            }
        }
        return moments;
    }

    private static Optional<Face> face(FaceEngine engine, byte[] picture) {
        return Pictures.face(engine, picture, RULES);
    }

    private void addStills(FaceEngine engine, List<Faces> living, Map<String, List<Faces>> stills) throws IOException {
        for (StillPictures kind : StillPictures.values()) {
            for (Faces moment : living) {
                List<Face> faces = new ArrayList<>();
                for (byte[] picture : kind.of(moment.picture().bytes(), frames)) {
                    face(engine, picture).ifPresent(faces::add);
                }
                if (faces.size() == frames) {
                    stills.computeIfAbsent(name(kind, faces.get(0)), unused -> new ArrayList<>())
                            .add(new Faces(moment.picture(), faces));
                }
            }
        }
    }

    private static String name(StillPictures kind, Face face) {
        return "still: " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (face.detection().box().height() < LARGE ? ", face under " : ", face from ")
                + LARGE
                + " pixels";
    }

    private static void printScores(PrintWriter out, List<Faces> moments) {
        out.print("| score of a moment | EER");
        for (double threshold : THRESHOLDS) {
            out.printf(Locale.ROOT, " | BPCER at %.1f | highest APCER", threshold);
        }
        out.println(" |");
        out.println("|---|---|" + "---|---|".repeat(THRESHOLDS.length));
        Map<String, ToDoubleFunction<double[]>> ways = new LinkedHashMap<>();
        ways.put("lowest", scores -> scores[0]);
        ways.put("median", scores -> scores[(scores.length - 1) / 2]);
        ways.put("mean", FramesCommand::mean);
        ways.put("mean − spread", scores -> mean(scores) - (scores[scores.length - 1] - scores[0]));
        ways.put("highest", scores -> scores[scores.length - 1]);
        ways.forEach((name, way) -> {
            LivenessTrial trial = new LivenessTrial(moments.stream()
                    .map(moment -> new Scored(moment.picture(), way.applyAsDouble(moment.scores())))
                    .toList());
            out.printf("| %s | %s", name, trial.equalErrorRate().percent());
            for (double threshold : THRESHOLDS) {
                out.printf(
                        Locale.ROOT,
                        " | %.1f %% | %.1f %%",
                        100 * trial.bpcer(threshold).rate(),
                        100
                                * trial.apcer(threshold).values().stream()
                                        .mapToDouble(Interval::rate)
                                        .max()
                                        .orElse(0));
            }
            out.println(" |");
        });
    }

    private static double mean(double[] scores) {
        return Arrays.stream(scores).average().orElse(0);
    }

    private static void printChanges(PrintWriter out, List<Faces> moments, Map<String, List<Faces>> stills) {
        out.printf(
                Locale.ROOT,
                "%n| moments | number | change: lowest | p5 | median | p95 | highest | below %.4f |%n",
                Moment.LEAST_CHANGE);
        out.println("|---|---|---|---|---|---|---|---|");
        moments.stream()
                .collect(Collectors.groupingBy(
                        moment -> (moment.picture().live() ? "living: " : "attack: ")
                                + moment.picture().kind(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((kind, own) -> printChanges(out, kind, own));
        stills.forEach((kind, own) -> printChanges(out, kind, own));
    }

    private static void printChanges(PrintWriter out, String kind, List<Faces> moments) {
        double[] changes = moments.stream().mapToDouble(Faces::change).sorted().toArray();
        int last = changes.length - 1;
        long below = Arrays.stream(changes)
                .filter(change -> change < Moment.LEAST_CHANGE)
                .count();
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.5f | %.5f | %.5f | %.5f | %.5f | %d |%n",
                kind,
                changes.length,
                changes[0],
                changes[(int) (0.05 * last)],
                changes[last / 2],
                changes[(int) (0.95 * last)],
                changes[last],
                below);
    }
}
