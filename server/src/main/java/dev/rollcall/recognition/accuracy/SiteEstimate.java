package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.match.ImpostorTail;

/**
 * How often other people match at a site, and what this estimate rests on.
 *
 * @param people active people of the site with templates, or those of the sample
 * @param templates their templates
 * @param pairs pairs of different people
 * @param pairsSetAside pairs that are probably one person each, and don't count
 * @param complete whether these are all people of the site, and not a sample
 * @param rates of an attempt with one image
 */
public record SiteEstimate(
        int people, int templates, long pairs, long pairsSetAside, boolean complete, FalseMatchRates rates) {

    /** With fewer people the estimate is mostly that of the built-in tail, and no decision rests on it. */
    public static final int LEAST_PEOPLE = 20;

    /**
     * How much more often an attempt with the greatest number of images, 5, matches another person than one with a single image,
     * at most. Measured: 1.2 to 1.6 with frames of one moment, 3.0 to 3.9 with photographs of different days (bench/results/images.md).
     */
    public static final double SEVERAL_IMAGES = 2;

    /** Compares the people of a sample, in the calling thread. */
    public static SiteEstimate of(GallerySample sample, ImpostorTail builtIn, Pace pace) throws InterruptedException {
        PairCounts counts = PairCounts.of(sample, pace);
        FalseMatchRates rates = FalseMatchRates.of(counts, builtIn, pace);
        return new SiteEstimate(
                sample.people(),
                sample.templates(),
                Math.round(counts.pairs()),
                (long) Math.ceil(rates.setAside() - 1e-9),
                sample.isComplete(),
                rates);
    }

    /** Whether there are enough people to decide by the estimate. */
    public boolean isEnough() {
        return people >= LEAST_PEOPLE;
    }

    /** The false match rate of an attempt with the greatest number of images. */
    public Rate attempt(double similarity) {
        return rates.at(similarity).times(SEVERAL_IMAGES);
    }
}
