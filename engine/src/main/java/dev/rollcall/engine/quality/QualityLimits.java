package dev.rollcall.engine.quality;

import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Light;

/**
 * The limits of a quality level; docs/thresholds.md shows on what data they were chosen. The embedding's norm is not
 * among them: its limits are the model's.
 *
 * @param minVisible smallest part of the face box within the picture, 0…1
 * @param maxTurn largest yaw and pitch to either side, in degrees
 * @param minSharpness smallest sharpness
 * @param exposure the range of light
 */
record QualityLimits(float minVisible, float maxTurn, float minSharpness, Exposure exposure) {

    /**
     * Limits of light.
     *
     * @param darkest smallest mean luminance of the face
     * @param brightest largest mean luminance of the face
     * @param glare largest burnt-out part of the face
     * @param backlight by how much the surroundings may be brighter than a face of less than twice {@code darkest}
     */
    record Exposure(float darkest, float brightest, float glare, float backlight) {

        boolean tooDark(Light light) {
            return light.face() < darkest;
        }

        boolean tooBright(Light light) {
            return light.face() > brightest || light.glare() > glare;
        }

        boolean backlit(Light light) {
            return light.face() < 2 * darkest && light.surroundings() - light.face() > backlight;
        }
    }

    static final QualityLimits STANDARD = new QualityLimits(0.6f, 50, 0.005f, new Exposure(20, 245, 0.6f, 120));
    static final QualityLimits STRICT = new QualityLimits(0.8f, 35, 0.02f, new Exposure(35, 230, 0.3f, 90));

    /** The limits of a level that has any. */
    static QualityLimits of(QualityLevel level) {
        return level == QualityLevel.STRICT ? STRICT : STANDARD;
    }
}
