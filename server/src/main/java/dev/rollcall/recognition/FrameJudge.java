package dev.rollcall.recognition;

import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import java.util.Optional;

/** The judgement of frames for hints. Implementations are safe for use by several threads. */
public interface FrameJudge {

    /**
     * Judges a frame, and waits for the result.
     *
     * @return empty when too many pictures wait for analysis, or when the service stops meanwhile
     */
    Optional<FrameVerdict> judge(byte[] frame, FrameRules rules);
}
