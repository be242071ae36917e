package dev.rollcall.engine.match;

/**
 * The upper tail of the distribution of different people's similarities, approximated by that of a normal distribution.
 * Immutable.
 *
 * <p>Mean and deviation are fitted to the measured false match rates from 1e-2 to 1e-5. Lower rates are extrapolated:
 * wrong labels in the data set prevent measuring them.
 *
 * @param mean of the normal distribution, a similarity
 * @param deviation of the normal distribution, positive
 */
public record ImpostorTail(double mean, double deviation) {

    public ImpostorTail {
        if (!(deviation > 0 && Double.isFinite(deviation) && mean >= -1 && mean <= 1)) {
            throw new IllegalArgumentException("invalid impostor tail: mean " + mean + ", deviation " + deviation);
        }
    }

    /** The false match rate, 0…1, of one comparison at a threshold. */
    public double fmr(double similarity) {
        return NormalTail.above((similarity - mean) / deviation);
    }

    /**
     * The threshold at which one comparison has a false match rate.
     *
     * @param fmr between 0 and 1, both excluded
     */
    public double similarityAtFmr(double fmr) {
        return mean + deviation * NormalTail.quantile(fmr);
    }

    /**
     * The threshold for identification (1:N): a person who is not enrolled is taken for somebody who is at most this often.
     * Each template adds a comparison, so FPIR = 1 − (1 − FMR)^templates (ISO/IEC 19795-1, independent comparisons).
     *
     * @param templates number of templates in the gallery, at least 1
     * @param fpir false positive identification rate, between 0 and 1, both excluded
     * @return a similarity
     */
    public double similarityForGallery(int templates, double fpir) {
        if (templates < 1 || !(fpir > 0 && fpir < 1)) {
            throw new IllegalArgumentException("no threshold for " + templates + " templates at FPIR " + fpir);
        }
        return similarityAtFmr(-Math.expm1(Math.log1p(-fpir) / templates));
    }
}
