package dev.rollcall.engine.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Memory for one decoded picture, used again for the next one of the same size: a camera's pictures are all alike, and
 * they are the largest thing that an analysis allocates. A picture on a canvas is good until the next one is decoded.
 * Not safe for use by several threads at once.
 */
public final class Canvas {

    /** Pixels of the largest picture whose memory is kept; three times as many bytes. */
    private static final int LARGEST_KEPT = 1280 * 720;

    private @Nullable BufferedImage last;

    /** Memory in the engine's order, all of which the decoder fills. */
    BufferedImage picture(int width, int height, ColorSpace colors) {
        BufferedImage kept = last;
        if (kept != null
                && kept.getWidth() == width
                && kept.getHeight() == height
                && kept.getColorModel().getColorSpace().equals(colors)) {
            return kept;
        }
        BufferedImage fresh = Pixels.inEngineOrder(width, height, colors);
        last = width * (long) height <= LARGEST_KEPT ? fresh : null;
        return fresh;
    }

    /** Blackens what is kept: nothing of a picture outlives its analysis. */
    public void clear() {
        if (last != null) {
            Arrays.fill(Pixels.shared(last), (byte) 0);
        }
    }
}
