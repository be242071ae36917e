package dev.rollcall.recognition;

/** The least confidence of a match at each site. Implementations are safe for use by several threads. */
public interface Thresholds {

    /** The least confidence at a site, 0…1. */
    double confidence(String site);
}
