package dev.rollcall.recognition;

import dev.rollcall.engine.Analysis;
import java.util.Optional;

/** An analysis that has been admitted. */
public interface PendingAnalysis extends AutoCloseable {

    /**
     * Waits for the result.
     *
     * @return the result, or empty when the service stops meanwhile
     */
    Optional<Analysis> await();

    /** Cancels the analysis, unless it has begun. */
    @Override
    void close();
}
