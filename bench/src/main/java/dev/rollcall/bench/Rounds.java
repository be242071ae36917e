package dev.rollcall.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Repeated measurement of things that take turns. */
final class Rounds {

    private static final double NANOS_PER_MILLI = 1e6;

    private Rounds() {}

    /** The median duration of each thing in milliseconds, in the same order. */
    static Map<String, Double> medians(Map<String, Runnable> things, int rounds) {
        Map<String, double[]> durations = new LinkedHashMap<>();
        things.keySet().forEach(name -> durations.put(name, new double[rounds]));
        for (int round = -rounds / 2; round < rounds; round++) {
            int index = round;
            things.forEach((name, thing) -> {
                long start = System.nanoTime();
                thing.run();
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
