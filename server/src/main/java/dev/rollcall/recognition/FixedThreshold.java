package dev.rollcall.recognition;

/**
 * The same threshold for all sites.
 *
 * @param confidence least confidence of a match, 0…1
 */
public record FixedThreshold(double confidence) implements Thresholds {

    @Override
    public double confidence(String site) {
        return confidence;
    }
}
