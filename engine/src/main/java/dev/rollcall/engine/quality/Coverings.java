package dev.rollcall.engine.quality;

/**
 * How covered a face looks.
 *
 * @param darkEyes the part of the eyes' surroundings that is less than half as bright as cheek and nose, 0…1, of the eye that has
 *     less of it: about 0.2 for open eyes, over 0.85 behind sunglasses
 * @param mouthContrast standard deviation of the brightness around the mouth, as a part of the brightness there: about 0.2 for a
 *     mouth with lips, 0.03 for a mask
 */
record Coverings(float darkEyes, float mouthContrast) {

    /** Behind sunglasses; few faces in hard shadow have more: bench/results/quality.md. */
    static final float MOST_DARK_EYES = 0.85f;

    /** Behind a mask; one free mouth in 200 has less: bench/results/quality.md. */
    static final float LEAST_MOUTH_CONTRAST = 0.075f;

    boolean eyesCovered() {
        return darkEyes > MOST_DARK_EYES;
    }

    boolean mouthCovered() {
        return mouthContrast < LEAST_MOUTH_CONTRAST;
    }
}
