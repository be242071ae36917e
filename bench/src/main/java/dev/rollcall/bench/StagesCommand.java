package dev.rollcall.bench;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.align.FaceAligner;
import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.image.Decoding;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.ImageDecoder;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Resampler;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessScorer;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.onnx.OnnxModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * How long each stage of an analysis takes on one thread, and what the whole costs over the bare model runs. The stages
 * take turns, so that what disturbs the machine disturbs all of them.
 */
@Command(
        name = "stages",
        description = "Milliseconds per stage of an analysis, and the overhead over the bare model runs.",
        mixinStandardHelpOptions = true)
final class StagesCommand implements Callable<Integer> {

    private static final int DETECTOR_INPUT = 3 * 240 * 320;
    private static final int LANDMARK_INPUT = 64 * 64;
    private static final int EMBEDDER_INPUT = 3 * 112 * 112;
    private static final int LIVENESS_INPUT = 3 * 128 * 128;

    @Parameters(paramLabel = "PICTURE", description = "a JPEG or PNG with a face")
    private Path picture = Path.of("");

    @Option(names = "--rounds", description = "measured rounds (${DEFAULT-VALUE}), after half as many to warm up")
    private int rounds = 300;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        byte[] file = Files.readAllBytes(picture);
        ImageDecoder decoder = new ImageDecoder(200);
        Image image = ((Decoding.Decoded) decoder.decode(file)).image();
        ModelSet set = ModelSet.builtIn();
        Map<String, Runnable> stages = new LinkedHashMap<>();
        try (FaceEngine engine = new FaceEngine();
                OnnxModel detect = FaceDetector.load(set.detector());
                OnnxModel landmarks = LandmarkFinder.load(set.landmarks());
                OnnxModel embed = FaceEmbedder.load(set.embedder());
                OnnxModel live = LivenessScorer.load(set.liveness())) {
            stages.put("decode", () -> decoder.decode(file));
            addSteps(stages, image, detect, landmarks, embed, live);
            addModel(stages, "detector alone", detect, DETECTOR_INPUT);
            addModel(stages, "landmarks alone", landmarks, LANDMARK_INPUT);
            addModel(stages, "liveness alone", live, LIVENESS_INPUT);
            addModel(stages, "embedder alone", embed, EMBEDDER_INPUT);
            stages.put("whole analysis", () -> engine.analyze(file, AnalysisRules.recognition()));
            print(Rounds.medians(stages, rounds));
        }
        return 0;
    }

    private static void addSteps(
            Map<String, Runnable> stages,
            Image image,
            OnnxModel detectModel,
            OnnxModel landmarkModel,
            OnnxModel embedModel,
            OnnxModel liveModel) {
        Resampler resampler = new Resampler();
        FaceDetector detector = new FaceDetector(detectModel, resampler);
        LandmarkFinder finder = new LandmarkFinder(landmarkModel, resampler);
        FaceEmbedder embedder = new FaceEmbedder(embedModel);
        LivenessScorer scorer = new LivenessScorer(liveModel);
        Box face = detector.detect(image).get(0).box();
        Landmarks points = finder.find(image, face).landmarks();
        Planes crop = new Planes(Planes.Channels.BGR, FaceAligner.SIDE, FaceAligner.SIDE, 127, 128);
        stages.put("detect", () -> detector.detect(image));
        stages.put("liveness", () -> scorer.score(image, face));
        stages.put("landmarks", () -> finder.find(image, face));
        FaceAligner aligner = new FaceAligner();
        stages.put("align", () -> aligner.align(image, points, crop));
        stages.put("align and embed", () -> embedder.embed(image, points));
    }

    private static void addModel(Map<String, Runnable> stages, String name, OnnxModel model, int size) {
        OnnxModel.Run run = model.newRun();
        float[] input = new float[size];
        stages.put(name, () -> run.run(input));
    }

    private void print(Map<String, Double> medians) {
        PrintWriter out = spec.commandLine().getOut();
        medians.forEach((stage, milliseconds) -> out.println("%-16s %7.2f ms".formatted(stage, milliseconds)));
        double models = medians.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" alone"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        double whole = medians.getOrDefault("whole analysis", 0.0);
        out.println("%-16s %7.2f ms".formatted("models alone", models));
        out.println("%-16s %7.2f".formatted("whole / models", whole / models));
        out.flush();
    }
}
