package dev.rollcall.sites;

import dev.rollcall.engine.AnalysisRules;

/** What decides at a site whether a living person is before the camera. */
public enum LivenessMode {
    /** Nothing; the liveness score is not measured. */
    OFF,
    /** Nothing; the score is reported. */
    MONITOR,
    /** The score: a face under the threshold is refused. */
    ENFORCE,
    /** A head-turn challenge: a mark by a face needs the token of one. The score is reported. */
    CHALLENGE;

    /** What the score decides about a picture that is analysed by itself. */
    public AnalysisRules.LivenessMode ofPicture() {
        return switch (this) {
            case OFF -> AnalysisRules.LivenessMode.OFF;
            case MONITOR, CHALLENGE -> AnalysisRules.LivenessMode.MONITOR;
            case ENFORCE -> AnalysisRules.LivenessMode.ENFORCE;
        };
    }
}
