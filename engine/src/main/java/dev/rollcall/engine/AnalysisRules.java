package dev.rollcall.engine;

/**
 * What a picture must fulfil to be accepted.
 *
 * @param quality how strict the quality gate is
 * @param minFacePixels smallest accepted height of the face box, in pixels of the decoded picture
 * @param otherFaces what further faces mean; the most prominent one is analysed
 * @param liveness what the liveness score decides
 * @param livenessThreshold score from which a face counts as live, 0…1
 */
public record AnalysisRules(
        QualityLevel quality,
        int minFacePixels,
        OtherFaces otherFaces,
        LivenessMode liveness,
        double livenessThreshold) {

    /** Smallest face height that is recognised reliably: below 40 pixels similarity falls off quickly. */
    public static final int DEFAULT_MIN_FACE_PIXELS = 40;

    /** Refuses the same attacks as 0.5, and fewer living faces: docs/model-card.md. */
    public static final double DEFAULT_LIVENESS_THRESHOLD = 0.3;

    /** Strictness of the quality gate; {@code quality.QualityLimits} has each level's limits. */
    public enum QualityLevel {
        /** Nothing is refused for its quality. */
        OFF,
        /** For recognition: refuses what is likely to fail for its quality. */
        STANDARD,
        /** For enrollment: a template is compared for years, so only clear upright faces are accepted. */
        STRICT
    }

    /** What further faces mean that are of comparable size. */
    public enum OtherFaces {
        /** Nothing. */
        IGNORED,
        /** Refused unless the analysed face is clearly larger and nearer the middle: then they are returned as bystanders. */
        BYSTANDERS,
        /** Refused. */
        REFUSED
    }

    /** What the liveness score decides. */
    public enum LivenessMode {
        /** The liveness model is not run. */
        OFF,
        /** The score is reported and decides nothing. */
        MONITOR,
        /** A face under the threshold is refused. */
        ENFORCE
    }

    public AnalysisRules {
        if (minFacePixels < 0) {
            throw new IllegalArgumentException("minFacePixels is negative: " + minFacePixels);
        }
        if (!(livenessThreshold >= 0 && livenessThreshold <= 1)) {
            throw new IllegalArgumentException("livenessThreshold is not within 0…1: " + livenessThreshold);
        }
    }

    /**
     * Rules by which further faces are refused or ignored.
     *
     * @param soleFace whether a second face of comparable size is a reason to refuse; otherwise the most prominent one is analysed
     */
    public AnalysisRules(
            QualityLevel quality,
            int minFacePixels,
            boolean soleFace,
            LivenessMode liveness,
            double livenessThreshold) {
        this(quality, minFacePixels, soleFace ? OtherFaces.REFUSED : OtherFaces.IGNORED, liveness, livenessThreshold);
    }

    /** The same rules with another meaning of further faces. */
    public AnalysisRules withOtherFaces(OtherFaces meaning) {
        return new AnalysisRules(quality, minFacePixels, meaning, liveness, livenessThreshold);
    }

    /** The same rules with another liveness mode. */
    public AnalysisRules withLiveness(LivenessMode mode) {
        return new AnalysisRules(quality, minFacePixels, otherFaces, mode, livenessThreshold);
    }

    /** Rules for recognition: standard quality, one face, liveness reported. */
    public static AnalysisRules recognition() {
        return new AnalysisRules(
                QualityLevel.STANDARD, DEFAULT_MIN_FACE_PIXELS, true, LivenessMode.MONITOR, DEFAULT_LIVENESS_THRESHOLD);
    }

    /** Rules for enrollment: as {@link #recognition()}, with strict quality. */
    public static AnalysisRules enrollment() {
        return new AnalysisRules(
                QualityLevel.STRICT, DEFAULT_MIN_FACE_PIXELS, true, LivenessMode.MONITOR, DEFAULT_LIVENESS_THRESHOLD);
    }

    /** No rules: the most prominent face is analysed whatever it looks like, without liveness. */
    public static AnalysisRules none() {
        return new AnalysisRules(QualityLevel.OFF, 0, false, LivenessMode.OFF, DEFAULT_LIVENESS_THRESHOLD);
    }
}
