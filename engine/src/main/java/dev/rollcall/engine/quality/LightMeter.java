package dev.rollcall.engine.quality;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Light;
import dev.rollcall.engine.image.Image;

/** Measures the light on a face, on a grid of single pixels. Holds no state: safe for use by several threads. */
public final class LightMeter {

    /** Pixels looked at along each side of the grid. */
    private static final int GRID = 40;

    /** Side of the grid in heights of the face box. */
    private static final float GRID_HEIGHTS = 2.4f;

    /** The middle of the box shows skin with any hair: these parts of its width and height. */
    private static final float SKIN_WIDTH = 0.7f;

    private static final float SKIN_HEIGHT = 0.8f;

    /** Luminance from which a pixel is burnt out. */
    private static final int BURNT = 250;

    private LightMeter() {}

    /** The light on the face in a box and around it; the area outside the picture is ignored. */
    public static Light measure(Image image, Box face) {
        Box grid = face.centeredSquare(GRID_HEIGHTS * face.height());
        int skin = 0;
        int skinSum = 0;
        int burnt = 0;
        int around = 0;
        int aroundSum = 0;
        for (int row = 0; row < GRID; row++) {
            float y = grid.top() + (row + 0.5f) / GRID * grid.height();
            for (int column = 0; column < GRID; column++) {
                float x = grid.left() + (column + 0.5f) / GRID * grid.width();
                if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) {
                    continue;
                }
                int luminance = image.luminance((int) x, (int) y);
                if (within(face, x, y, SKIN_WIDTH, SKIN_HEIGHT)) {
                    skin++;
                    skinSum += luminance;
                    burnt += luminance >= BURNT ? 1 : 0;
                } else if (!within(face, x, y, 1, 1)) {
                    around++;
                    aroundSum += luminance;
                }
            }
        }
        float faceMean = skin == 0 ? 0 : (float) skinSum / skin;
        return new Light(
                faceMean, around == 0 ? faceMean : (float) aroundSum / around, skin == 0 ? 0 : (float) burnt / skin);
    }

    private static boolean within(Box box, float x, float y, float partX, float partY) {
        return Math.abs(x - box.centerX()) <= partX * box.width() / 2
                && Math.abs(y - box.centerY()) <= partY * box.height() / 2;
    }
}
