package dev.rollcall.engine.quality;

import dev.rollcall.engine.AlignedFace;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.QualityCheck;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether faces meet the rules' quality, and gives the reason if not. Immutable. */
public final class QualityGate {

    private final AnalysisRules rules;
    private final NormLimits norms;

    public QualityGate(AnalysisRules rules, NormLimits norms) {
        this.rules = rules;
        this.norms = norms;
    }

    /** The refusal of a picture without a face. */
    public static Rejection noFace() {
        return new Rejection(Reason.NO_FACE, "No face was found. Look into the camera, with light on the face.");
    }

    /**
     * Checks the detections: whether there is a face, only one, and large enough.
     *
     * @param faces the most prominent first
     * @param width of the picture that they are in
     * @param height of the picture that they are in
     */
    public Optional<Rejection> checkDetections(List<DetectedFace> faces, int width, int height) {
        if (faces.isEmpty()) {
            return Optional.of(noFace());
        }
        List<DetectedFace> others = SubjectRule.others(faces);
        boolean tooMany =
                switch (rules.otherFaces()) {
                    case IGNORED -> false;
                    case BYSTANDERS -> !SubjectRule.isSubject(faces.get(0), others, width, height);
                    case REFUSED -> !others.isEmpty();
                };
        if (tooMany) {
            return Optional.of(new Rejection(
                    Reason.MULTIPLE_FACES,
                    "Several faces are in front of the camera. One person at a time, please.",
                    Map.of("faces", others.size() + 1L)));
        }
        float facePixels = faces.get(0).box().height();
        if (facePixels < rules.minFacePixels()) {
            return tooSmall(Map.of("face_pixels", facePixels, "min_face_pixels", rules.minFacePixels()));
        }
        return Optional.empty();
    }

    /** Checks all that was measured except the embedding's norm. Returns the first reason for refusal. */
    public Optional<Rejection> checkAppearance(Quality quality) {
        if (rules.quality() == QualityLevel.OFF) {
            return Optional.empty();
        }
        QualityLimits limits = QualityLimits.of(rules.quality());
        return checkExtent(quality, limits.geometry())
                .or(() -> checkLight(quality, limits.exposure()))
                .or(() -> checkPose(quality, limits.geometry()))
                .or(() -> checkSharpness(quality, limits));
    }

    private static Optional<Rejection> checkExtent(Quality quality, QualityLimits.Geometry limits) {
        if (quality.extent().eyePixels() < limits.minEyePixels()) {
            return tooSmall(
                    Map.of("eye_pixels", quality.extent().eyePixels(), "min_eye_pixels", limits.minEyePixels()));
        }
        if (quality.extent().visible() < limits.minVisible()) {
            return refuse(
                    "FACE_CUT_OFF",
                    "The face is cut off by the picture's border. Move to the middle.",
                    Map.of("visible", quality.extent().visible(), "min_visible", limits.minVisible()));
        }
        return Optional.empty();
    }

    private static Optional<Rejection> tooSmall(Map<String, Object> measured) {
        return refuse("FACE_TOO_SMALL", "The face is too small. Come closer to the camera.", measured);
    }

    private static Optional<Rejection> checkLight(Quality quality, QualityLimits.Exposure exposure) {
        Map<String, Object> measured = Map.of(
                "face_luminance", quality.light().face(),
                "surroundings_luminance", quality.light().surroundings(),
                "glare", quality.light().glare(),
                "min_face_luminance", exposure.darkest(),
                "max_face_luminance", exposure.brightest(),
                "max_glare", exposure.glare(),
                "max_backlight", exposure.backlight());
        if (exposure.backlit(quality.light())) {
            return refuse("BACKLIT", "There is bright light behind the face. Turn towards the light.", measured);
        }
        if (exposure.tooDark(quality.light())) {
            return refuse("TOO_DARK", "The face is too dark. Turn towards the light.", measured);
        }
        if (exposure.tooBright(quality.light())) {
            return refuse("TOO_BRIGHT", "The face is too bright. Step out of the glaring light.", measured);
        }
        return Optional.empty();
    }

    private static Optional<Rejection> checkPose(Quality quality, QualityLimits.Geometry limits) {
        if (Math.abs(quality.pose().yaw()) <= limits.maxYaw()
                && Math.abs(quality.pose().pitch()) <= limits.maxPitch()) {
            return Optional.empty();
        }
        return refuse(
                "FACE_TURNED_AWAY",
                "The face is turned away. Look straight into the camera.",
                Map.of(
                        "yaw", quality.pose().yaw(),
                        "pitch", quality.pose().pitch(),
                        "max_yaw", limits.maxYaw(),
                        "max_pitch", limits.maxPitch()));
    }

    private static Optional<Rejection> checkSharpness(Quality quality, QualityLimits limits) {
        if (quality.sharpness() >= limits.minSharpness()) {
            return Optional.empty();
        }
        return refuse(
                "BLURRED",
                "The face is blurred. Hold still, and wipe the camera's lens.",
                Map.of("sharpness", quality.sharpness(), "min_sharpness", limits.minSharpness()));
    }

    /**
     * Checks whether eyes and mouth are free, for enrollment only: a template without them is compared for years, but who is
     * recognised behind sunglasses may pass.
     */
    public Optional<Rejection> checkCoverings(AlignedFace face) {
        return rules.quality() == QualityLevel.STRICT ? covered(CoveringMeter.measure(face)) : Optional.empty();
    }

    private static Optional<Rejection> covered(Coverings coverings) {
        if (coverings.eyesCovered()) {
            return refuse(
                    "EYES_COVERED",
                    "The eyes are covered or in hard shadow. Take off sunglasses, and turn to the light.",
                    Map.of("dark_eyes", coverings.darkEyes(), "max_dark_eyes", Coverings.MOST_DARK_EYES));
        }
        if (coverings.mouthCovered()) {
            return refuse(
                    "MOUTH_COVERED",
                    "The mouth is covered. Take off the mask or the scarf.",
                    Map.of(
                            "mouth_contrast",
                            coverings.mouthContrast(),
                            "min_mouth_contrast",
                            Coverings.LEAST_MOUTH_CONTRAST));
        }
        return Optional.empty();
    }

    /** The measured values with their limits, in the order of the checks. */
    public List<QualityCheck> checks(Quality quality) {
        boolean isOff = rules.quality() == QualityLevel.OFF;
        QualityLimits limits = QualityLimits.of(rules.quality());
        QualityLimits.Geometry geometry = limits.geometry();
        QualityLimits.Exposure exposure = limits.exposure();
        List<QualityCheck> checks = List.of(
                new QualityCheck("face_pixels", quality.extent().facePixels(), (double) rules.minFacePixels(), null),
                new QualityCheck("eye_pixels", quality.extent().eyePixels(), (double) geometry.minEyePixels(), null),
                new QualityCheck("visible", quality.extent().visible(), (double) geometry.minVisible(), null),
                new QualityCheck("face_luminance", quality.light().face(), (double) exposure.darkest(), (double)
                        exposure.brightest()),
                new QualityCheck(
                        "backlight",
                        quality.light().surroundings() - quality.light().face(),
                        null,
                        exposure.canBeBacklit(quality.light()) ? (double) exposure.backlight() : null),
                new QualityCheck("glare", quality.light().glare(), null, (double) exposure.glare()),
                new QualityCheck("yaw", quality.pose().yaw(), (double) -geometry.maxYaw(), (double) geometry.maxYaw()),
                new QualityCheck(
                        "pitch", quality.pose().pitch(), (double) -geometry.maxPitch(), (double) geometry.maxPitch()),
                new QualityCheck("sharpness", quality.sharpness(), (double) limits.minSharpness(), null),
                new QualityCheck("embedding_norm", quality.embeddingNorm(), (double) leastNorm(), null));
        return isOff
                ? checks.stream()
                        .map(check -> new QualityCheck(check.name(), check.value(), null, null))
                        .toList()
                : checks;
    }

    private float leastNorm() {
        return switch (rules.quality()) {
            case OFF -> 0;
            case STANDARD -> norms.standard();
            case STRICT -> norms.strict();
        };
    }

    /** What covers a face, if the rules have any quality: advice, since covered faces are not always refused. */
    public Optional<Rejection> adviceAboutCoverings(AlignedFace face) {
        return rules.quality() == QualityLevel.OFF ? Optional.empty() : covered(CoveringMeter.measure(face));
    }

    /** Checks whether the embedding is long enough to be recognised; the reason is what covers the face if something does. */
    public Optional<Rejection> checkNorm(Quality quality, AlignedFace face) {
        float limit = leastNorm();
        if (quality.embeddingNorm() >= limit) {
            return Optional.empty();
        }
        return covered(CoveringMeter.measure(face))
                .or(() -> refuse(
                        "FACE_UNCLEAR",
                        "The face is not clear enough. Hold the camera upright and still, face it, and turn to the light.",
                        Map.of("embedding_norm", quality.embeddingNorm(), "min_embedding_norm", limit)));
    }

    private static Optional<Rejection> refuse(String reason, String advice, Map<String, Object> measured) {
        Map<String, Object> details = new HashMap<>(measured);
        details.put("reason", reason);
        return Optional.of(new Rejection(Reason.LOW_QUALITY, advice, details));
    }
}
