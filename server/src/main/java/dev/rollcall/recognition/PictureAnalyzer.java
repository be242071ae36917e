package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules;
import java.util.Optional;

/** What analyses pictures for the use cases. Implementations are safe for use by several threads. */
public interface PictureAnalyzer {

    /**
     * Begins to analyse a picture.
     *
     * @return empty when too many pictures are waiting already
     */
    Optional<PendingAnalysis> begin(byte[] picture, AnalysisRules rules);
}
