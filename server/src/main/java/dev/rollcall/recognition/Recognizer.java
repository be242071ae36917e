package dev.rollcall.recognition;

import dev.rollcall.engine.match.Calibration;

/**
 * The model that makes the embeddings, and what its similarities mean.
 *
 * @param modelId identifies the weights; embeddings of different ids are never compared
 * @param calibration from similarity to confidence
 */
public record Recognizer(String modelId, Calibration calibration) {}
