package dev.rollcall.bench;

import dev.rollcall.engine.Quality;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A measured value of quality.
 *
 * @param name its name in tables
 * @param kinds the kinds of degradation that change it, as a regular expression
 * @param value reads it
 * @param bounds limits of its bins, ascending
 */
record Measure(String name, String kinds, ToDoubleFunction<Quality> value, List<Double> bounds) {

    static final List<Measure> ALL = List.of(
            new Measure(
                    "embedding norm",
                    ".*",
                    Quality::embeddingNorm,
                    List.of(0.0, 2.0, 2.3, 2.5, 2.6, 2.7, 2.8, 2.9, 3.0, 3.2, 3.5, 4.0, 9.0)),
            new Measure(
                    "pixels between the eyes",
                    "smaller.*",
                    quality -> quality.extent().eyePixels(),
                    List.of(0.0, 6.0, 8.0, 9.0, 11.0, 13.0, 16.0, 25.0, 200.0)),
            new Measure(
                    "visible part",
                    "cut.*",
                    quality -> quality.extent().visible(),
                    List.of(0.0, 0.4, 0.55, 0.7, 0.85, 0.95, 1.01)),
            new Measure(
                    "sharpness",
                    "blurred.*|smaller.*",
                    Quality::sharpness,
                    List.of(0.0, 0.0025, 0.005, 0.008, 0.012, 0.02, 0.04, 0.1, 9.0)),
            new Measure(
                    "luminance of the face",
                    "darkened.*|brightened.*|backlit.*",
                    quality -> quality.light().face(),
                    List.of(0.0, 15.0, 20.0, 25.0, 35.0, 50.0, 100.0, 200.0, 225.0, 235.0, 245.0, 256.0)),
            new Measure(
                    "glare",
                    "brightened.*",
                    quality -> quality.light().glare(),
                    List.of(0.0, 0.1, 0.25, 0.4, 0.6, 0.8, 1.01)),
            new Measure(
                    "yaw to either side",
                    "unchanged",
                    quality -> Math.abs(quality.pose().yaw()),
                    List.of(0.0, 15.0, 30.0, 40.0, 50.0, 60.0, 90.0)),
            new Measure(
                    "pitch up or down",
                    "unchanged",
                    quality -> Math.abs(quality.pose().pitch()),
                    List.of(0.0, 15.0, 20.0, 25.0, 30.0, 45.0, 90.0)));

    double of(Quality quality) {
        return value.applyAsDouble(quality);
    }
}
