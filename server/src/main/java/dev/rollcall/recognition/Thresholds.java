package dev.rollcall.recognition;

/** The confidence from which a face matches, by site. Implementations are safe for use by several threads and never wait. */
public interface Thresholds {

    /** Least confidence, 0…1, of a match at a site. */
    double confidence(String site);
}
