package dev.rollcall.recognition.accuracy;

/**
 * An estimated rate.
 *
 * @param value the estimate: as probably too low as too high, 0…1
 * @param upper its upper bound: the rate is lower with a probability of 95 %
 */
public record Rate(double value, double upper) {

    /** This rate, some times as high. */
    Rate times(double factor) {
        return new Rate(Math.min(1, value * factor), Math.min(1, upper * factor));
    }
}
