package dev.rollcall.engine.quality;

import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Light;

/**
 * The limits of a quality level, from measurements on degraded pictures of LFW (bench/results/quality.md): standard refuses
 * from where a third or more of the faces fail, strict from where they fail clearly more often than good ones. The
 * limits of the embedding's norm are in {@link NormLimits}, because they depend on the model.
 *
 * @param geometry limits of size, position and pose
 * @param minSharpness smallest sharpness
 * @param exposure the range of light
 */
record QualityLimits(Geometry geometry, float minSharpness, Exposure exposure) {

    /**
     * Limits of size, position and pose.
     *
     * @param minEyePixels smallest distance between the eyes in pixels of the decoded picture
     * @param minVisible smallest part of the face within the picture, 0…1
     * @param maxYaw largest yaw to either side, in degrees
     * @param maxPitch largest pitch up or down, in degrees
     */
    record Geometry(float minEyePixels, float minVisible, float maxYaw, float maxPitch) {}

    /**
     * Limits of light.
     *
     * @param darkest smallest mean luminance of the face
     * @param brightest largest mean luminance of the face
     * @param glare largest burnt-out part of the face
     * @param backlight by how much the surroundings may be brighter than a face that is dark itself
     */
    record Exposure(float darkest, float brightest, float glare, float backlight) {

        /** A face can be backlit up to this multiple of {@code darkest}. */
        private static final float BACKLIT_FACE = 1.15f;

        boolean tooDark(Light light) {
            return light.face() < darkest;
        }

        boolean tooBright(Light light) {
            return light.face() > brightest || light.glare() > glare;
        }

        boolean backlit(Light light) {
            return canBeBacklit(light) && light.surroundings() - light.face() > backlight;
        }

        /** Whether a face is dark enough for its surroundings to matter. */
        boolean canBeBacklit(Light light) {
            return light.face() < BACKLIT_FACE * darkest;
        }
    }

    static final QualityLimits STANDARD =
            new QualityLimits(new Geometry(8, 0.55f, 60, 45), 0.005f, new Exposure(20, 245, 0.6f, 120));
    static final QualityLimits STRICT =
            new QualityLimits(new Geometry(11, 0.85f, 50, 30), 0.012f, new Exposure(35, 225, 0.25f, 90));

    /** The limits of a level that has any. */
    static QualityLimits of(QualityLevel level) {
        return level == QualityLevel.STRICT ? STRICT : STANDARD;
    }
}
