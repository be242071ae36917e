package dev.rollcall.recognition;

/**
 * How similar a face is to the person of the gallery who is most similar to it among all others.
 *
 * @param confidence calibrated, 0…1
 * @param similarity cosine, −1…1
 */
public record Rival(double confidence, double similarity) {}
