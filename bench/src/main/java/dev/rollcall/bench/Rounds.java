package dev.rollcall.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures the durations of several tasks by turns. */
final class Rounds {

    private static final double NANOS_PER_MILLI = 1e6;

    private Rounds() {}

    /** The median duration of each task in milliseconds, in the same order, after half as many rounds to warm up. */
    static Map<String, Double> medians(Map<String, Runnable> tasks, int rounds) {
        Map<String, double[]> durations = new LinkedHashMap<>();
        tasks.keySet().forEach(name -> durations.put(name, new double[rounds]));
        for (int round = -rounds / 2; round < rounds; round++) {
            int index = round;
            tasks.forEach((name, task) -> {
                long start = System.nanoTime();
                task.run();
                double duration = (System.nanoTime() - start) / NANOS_PER_MILLI;
                double[] own = durations.get(name);
                if (index >= 0 && own != null) {
                    own[index] = duration;
                }
            });
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        durations.forEach((name, own) -> {
            Arrays.sort(own);
            medians.put(name, own[own.length / 2]);
        });
        return medians;
    }
}
