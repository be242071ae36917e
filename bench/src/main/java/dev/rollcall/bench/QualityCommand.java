package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.AlignedFace;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.quality.NormLimits;
import dev.rollcall.engine.quality.QualityGate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what the quality gate refuses, and how often accepted pictures are recognised. */
@Command(
        name = "quality",
        description = "Degrades pictures step by step and prints what each quality level refuses.",
        mixinStandardHelpOptions = true)
final class QualityCommand implements Callable<Integer> {

    private static final AnalysisRules OFF =
            new AnalysisRules(QualityLevel.OFF, 0, false, LivenessMode.OFF, AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);

    private static final NormLimits NORMS = NormLimits.of(ModelSet.builtIn().embedder());

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Option(names = "--people", description = "largest number of people (${DEFAULT-VALUE})")
    private int people = 600;

    @Option(names = "--threshold", description = "confidence from which a face is recognised (${DEFAULT-VALUE})")
    private double threshold = 0.80;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * A degraded picture compared with an unchanged picture of the same person.
     *
     * @param judged empty when no face was found
     */
    private record Trial(Degradation degradation, Optional<Judged> judged, double similarity) {

        boolean unchanged() {
            return degradation.kind().equals(Degradation.NONE.kind());
        }
    }

    /** What is kept of a face: not its pixels, since those of all faces together take more than the heap. */
    private record Judged(Quality quality, Set<QualityLevel> passed) {}

    @Override
    public Integer call() throws IOException {
        Pictures pictures = images.pictures();
        List<List<Picture>> own =
                pictures.people(2).values().stream().limit(people).toList();
        try (FaceEngine engine = new FaceEngine()) {
            List<Trial> trials = trials(engine, pictures, own);
            print(engine, trials);
            Measure.ALL.forEach(
                    measure -> print(measure, trials, engine.calibration().similarity(threshold)));
        }
        return 0;
    }

    private static Judged judge(Face face) {
        Set<QualityLevel> passed = EnumSet.noneOf(QualityLevel.class);
        for (QualityLevel level : List.of(QualityLevel.STANDARD, QualityLevel.STRICT)) {
            if (passes(level, face)) {
                passed.add(level);
            }
        }
        return new Judged(face.quality(), passed);
    }

    private static List<Trial> trials(FaceEngine engine, Pictures pictures, List<List<Picture>> people) {
        ConcurrentLinkedQueue<Trial> trials = new ConcurrentLinkedQueue<>();
        try (ProgressBar progress = new ProgressBar("people", people.size())) {
            people.parallelStream().forEach(own -> {
                Optional<Face> mate = Pictures.face(engine, pictures.bytes(own.get(0)), OFF);
                for (Degradation degradation : Degradation.all()) {
                    Optional<Face> face = Pictures.face(engine, degradation.applyTo(pictures.bytes(own.get(1))), OFF);
                    double similarity = mate.flatMap(
                                    one -> face.map(other -> one.embedding().similarity(other.embedding())))
                            .orElse(-1.0);
                    trials.add(new Trial(degradation, face.map(QualityCommand::judge), similarity));
                }
                progress.step();
            });
        }
        return List.copyOf(trials);
    }

    private void print(FaceEngine engine, List<Trial> trials) {
        double similarity = engine.calibration().similarity(threshold);
        PrintWriter out = spec.commandLine().getOut();
        out.println("| picture | step | no face | not recognised | refused by standard | missed of the rest"
                + " | refused by strict | missed of the rest |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (List<Trial> step : bySteps(trials)) {
            Degradation degradation = step.get(0).degradation();
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |%s%s%n",
                    degradation.kind(),
                    degradation.level(),
                    percent(
                            step.stream()
                                    .filter(trial -> trial.judged().isEmpty())
                                    .count(),
                            step.size()),
                    percent(
                            step.stream()
                                    .filter(trial -> trial.similarity() < similarity)
                                    .count(),
                            step.size()),
                    afterGate(step, QualityLevel.STANDARD, similarity),
                    afterGate(step, QualityLevel.STRICT, similarity));
        }
        out.flush();
    }

    /** How often faces are not recognised, by a measured value: the limits are chosen from these tables. */
    private void print(Measure measure, List<Trial> trials, double similarity) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%n| %s | of the unchanged pictures | faces | not recognised |%n|---|---|---|---|%n", measure.name());
        long unchanged = trials.stream().filter(Trial::unchanged).count();
        for (int i = 0; i + 1 < measure.bounds().size(); i++) {
            double from = measure.bounds().get(i);
            double to = measure.bounds().get(i + 1);
            List<Trial> within = trials.stream()
                    .filter(trial ->
                            trial.unchanged() || trial.degradation().kind().matches(measure.kinds()))
                    .filter(trial -> trial.judged()
                            .map(face -> measure.of(face.quality()))
                            .filter(value -> value >= from && value < to)
                            .isPresent())
                    .toList();
            out.printf(
                    Locale.ROOT,
                    "| %s to %s | %s | %d | %s |%n",
                    from,
                    to,
                    percent(within.stream().filter(Trial::unchanged).count(), unchanged),
                    within.size(),
                    percent(
                            within.stream()
                                    .filter(trial -> trial.similarity() < similarity)
                                    .count(),
                            within.size()));
        }
        out.flush();
    }

    private static List<List<Trial>> bySteps(List<Trial> trials) {
        List<List<Trial>> steps = new ArrayList<>();
        for (Degradation degradation : Degradation.all()) {
            steps.add(trials.stream()
                    .filter(trial -> trial.degradation().kind().equals(degradation.kind())
                            && trial.degradation().level() == degradation.level())
                    .toList());
        }
        return steps;
    }

    private static String afterGate(List<Trial> step, QualityLevel level, double similarity) {
        List<Trial> passed = step.stream()
                .filter(trial -> trial.judged()
                        .filter(face -> face.passed().contains(level))
                        .isPresent())
                .toList();
        long missed =
                passed.stream().filter(trial -> trial.similarity() < similarity).count();
        return " %s | %s |"
                .formatted(percent(step.size() - passed.size(), step.size()), percent(missed, passed.size()));
    }

    private static boolean passes(QualityLevel level, Face face) {
        AnalysisRules rules = new AnalysisRules(level, 0, false, LivenessMode.OFF, 0.5);
        QualityGate gate = new QualityGate(rules, NORMS);
        AlignedFace aligned = Objects.requireNonNull(face.aligned());
        return gate.checkAppearance(face.quality()).isEmpty()
                && gate.checkCoverings(aligned).isEmpty()
                && gate.checkNorm(face.quality(), aligned).isEmpty();
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
