package dev.rollcall.bench;

import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.detect.FaceDetector;
import dev.rollcall.engine.embed.FaceEmbedder;
import dev.rollcall.engine.landmark.LandmarkFinder;
import dev.rollcall.engine.liveness.LivenessScorer;
import dev.rollcall.engine.onnx.ModelRuntime;
import dev.rollcall.engine.onnx.ModelSet;
import dev.rollcall.engine.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The four models by themselves, run one after another on one or more threads: the lower bound of an analysis. */
final class BareModels implements AutoCloseable {

    private final List<OnnxModel> models;

    BareModels() {
        ModelSet set = ModelSet.builtIn();
        ModelRuntime runtime = ModelRuntime.of(RuntimeOptions.automatic());
        models = List.of(
                FaceDetector.load(runtime, set.detector()),
                LandmarkFinder.load(runtime, set.landmarks()),
                LivenessScorer.load(runtime, set.liveness().get(0)),
                FaceEmbedder.load(runtime, set.embedder()));
    }

    /**
     * The result of a measurement; a set is one run of each model.
     *
     * @param milliseconds median duration of a set on one thread
     * @param perSecond sets per second on all threads
     */
    record Pace(double milliseconds, double perSecond) {}

    Pace measure(int threads, double seconds) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        try {
            List<Future<List<Double>>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> runUntil(end)));
            }
            List<Double> durations = new ArrayList<>();
            for (Future<List<Double>> one : all) {
                durations.addAll(one.get());
            }
            durations.sort(null);
            return new Pace(durations.get(durations.size() / 2), durations.size() * 1e9 / (System.nanoTime() - start));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a model failed", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Double> runUntil(long end) {
        List<OnnxModel.Run> runs =
                models.stream().map(OnnxModel::newUnthrottledRun).toList();
        List<float[]> inputs =
                models.stream().map(model -> new float[model.inputSize()]).toList();
        List<Double> durations = new ArrayList<>();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            for (int i = 0; i < runs.size(); i++) {
                runs.get(i).run(inputs.get(i));
            }
            durations.add((System.nanoTime() - start) / 1e6);
        }
        return durations;
    }

    @Override
    public void close() {
        models.forEach(OnnxModel::close);
    }
}
