package dev.rollcall.bench;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.RuntimeOptions.Choice;
import dev.rollcall.engine.StageListener;
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
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.onnx.OnnxModel;
import dev.rollcall.engine.quality.LightMeter;
import dev.rollcall.engine.quality.PoseEstimator;
import dev.rollcall.engine.quality.Sharpness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The stages of an analysis of one picture, the bare model runs, and the whole analysis, as tasks to measure. Uses the
 * engine's internal packages, because its API has no single stages.
 */
final class Stages implements AutoCloseable {

    /** The name of the whole analysis. */
    static final String WHOLE = "whole analysis";

    /** The name of the whole analysis with parts of it on another thread, as the service does it when it has an idle one. */
    static final String HELPED = "whole analysis, helped";

    /** The name of the four bare model runs one after another. */
    static final String MODELS = "all four models";

    private static final String ALONE = " alone";

    private static final int MEGAPIXELS = EngineOptions.defaults().maxMegapixels();

    private final ThreadPoolExecutor helper =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final FaceEngine engine;
    private final OnnxModel detector;
    private final OnnxModel landmarks;
    private final OnnxModel embedder;
    private final OnnxModel liveness;
    private final Map<String, Runnable> stages = new LinkedHashMap<>();

    /**
     * Prepares the stages.
     *
     * @param file a JPEG, PNG or WebP with a face
     * @param choice what computes the models
     */
    Stages(byte[] file, Choice choice) {
        engine = RuntimeOption.open(choice);
        ModelRuntime runtime = ModelRuntime.of(new RuntimeOptions(choice, null));
        ModelSet models = ModelSet.builtIn();
        detector = FaceDetector.load(runtime, models.detector());
        landmarks = LandmarkFinder.load(runtime, models.landmarks());
        embedder = FaceEmbedder.load(runtime, models.embedder());
        liveness = LivenessScorer.load(runtime, models.liveness().get(0));
        ImageDecoder decoder = new ImageDecoder(MEGAPIXELS);
        Image image = ((Decoding.Decoded) decoder.decode(file)).image();
        stages.put("decode", () -> decoder.decode(file));
        addSteps(image);
        addModel("detector", detector);
        addModel("landmarks", landmarks);
        addModel("liveness", liveness);
        addModel("embedder", embedder);
        List<Runnable> alone = stages.entrySet().stream()
                .filter(stage -> stage.getKey().endsWith(ALONE))
                .map(Map.Entry::getValue)
                .toList();
        stages.put(MODELS, () -> alone.forEach(Runnable::run));
        stages.put(WHOLE, () -> engine.analyze(file, AnalysisRules.recognition()));
        stages.put(HELPED, () -> engine.analyze(file, AnalysisRules.recognition(), StageListener.NONE, helper));
    }

    private void addSteps(Image image) {
        Resampler resampler = new Resampler();
        FaceDetector faceDetector = new FaceDetector(detector, resampler);
        LandmarkFinder finder = new LandmarkFinder(landmarks, resampler);
        FaceEmbedder faceEmbedder = new FaceEmbedder(embedder);
        LivenessScorer scorer = new LivenessScorer(liveness);
        FaceAligner aligner = new FaceAligner();
        Box face = faceDetector.detect(image).get(0).box();
        FaceShape shape = finder.find(image, face);
        Landmarks points = shape.landmarks();
        Planes crop = faceEmbedder.crop();
        stages.put("detect", () -> faceDetector.detect(image));
        stages.put("landmarks", () -> finder.find(image, face));
        stages.put("align", () -> aligner.align(image, points, crop));
        stages.put("embed", faceEmbedder::embed);
        stages.put("quality", () -> {
            PoseEstimator.estimate(shape);
            LightMeter.measure(image, face);
            Sharpness.measure(crop);
        });
        stages.put("liveness", () -> scorer.score(image, face));
    }

    private void addModel(String name, OnnxModel model) {
        OnnxModel.Run run = model.newRun();
        float[] input = new float[model.inputSize()];
        stages.put(name + ALONE, () -> run.run(input));
    }

    /** The stages by name, in the order of an analysis. */
    Map<String, Runnable> byName() {
        return stages;
    }

    @Override
    public void close() {
        helper.shutdown();
        engine.close();
        detector.close();
        landmarks.close();
        embedder.close();
        liveness.close();
    }
}
