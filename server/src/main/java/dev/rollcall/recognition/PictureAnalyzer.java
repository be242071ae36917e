package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules;
import java.util.Optional;

/** The analysis of pictures for the use cases. Implementations are safe for use by several threads. */
public interface PictureAnalyzer {

    /**
     * Begins to analyse a picture.
     *
     * @return the pending analysis, or empty when the queue is full
     */
    Optional<PendingAnalysis> begin(byte[] picture, AnalysisRules rules);
}
