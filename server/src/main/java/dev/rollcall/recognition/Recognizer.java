package dev.rollcall.recognition;

import dev.rollcall.engine.match.Calibration;

/**
 * The embedding model and its calibration.
 *
 * @param modelId identifies the weights; embeddings of different ids are never compared
 * @param calibration maps similarity to confidence
 */
public record Recognizer(String modelId, Calibration calibration) {}
