package dev.rollcall.engine.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Conversion of what the JDK's decoders deliver into the engine's own pixel order. */
final class Pixels {

    private static final int WHITE = 255;
    private static final int INKS = 4;

    private Pixels() {}

    /**
     * An empty picture whose bytes lie in the engine's order. The JDK's JPEG decoder fills it row by row with plain
     * copies; into a picture of Java's usual order it would move each sample by itself.
     */
    static BufferedImage inEngineOrder(int width, int height, ColorSpace colors) {
        ColorModel model = new ComponentColorModel(colors, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        WritableRaster raster = Raster.createInterleavedRaster(
                DataBuffer.TYPE_BYTE,
                width,
                height,
                width * Image.CHANNELS,
                Image.CHANNELS,
                new int[] {Image.RED, Image.GREEN, Image.BLUE},
                null);
        return new BufferedImage(model, raster, false, null);
    }

    /** The pixels of a picture made by {@link #inEngineOrder}; shared, not copied. */
    static byte[] shared(BufferedImage inEngineOrder) {
        return ((DataBufferByte) inEngineOrder.getRaster().getDataBuffer()).getData();
    }

    /** The pixels of a decoded picture, three bytes each; transparent ones are shown on white. */
    static byte[] of(BufferedImage decoded) {
        byte[] pixels = new byte[decoded.getWidth() * decoded.getHeight() * Image.CHANNELS];
        if (decoded.getColorModel() instanceof IndexColorModel palette) {
            copyPalette(decoded.getRaster(), palette, pixels);
        } else {
            copySamples(decoded.getRaster(), decoded.getColorModel(), pixels);
        }
        return pixels;
    }

    /**
     * The pixels of a picture of four inks, its colour profile left aside: somewhat darker than print. Programs store how much light each ink lets through, 0 to 255 (the inverted
     * form of Adobe's programs, the only one in use), so a colour is its own light times that of black.
     */
    static byte[] ofInks(Raster raster) {
        int width = raster.getWidth();
        byte[] pixels = new byte[width * raster.getHeight() * Image.CHANNELS];
        int[] row = new int[width * INKS];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int in = 0; in < row.length; in += INKS) {
                int black = row[in + INKS - 1];
                pixels[out + Image.RED] = (byte) (row[in] * black / WHITE);
                pixels[out + Image.GREEN] = (byte) (row[in + 1] * black / WHITE);
                pixels[out + Image.BLUE] = (byte) (row[in + 2] * black / WHITE);
                out += Image.CHANNELS;
            }
        }
        return pixels;
    }

    private static void copyPalette(Raster raster, IndexColorModel palette, byte[] pixels) {
        int width = raster.getWidth();
        int[] row = new int[width];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                int argb = palette.getRGB(index);
                int alpha = argb >>> 24;
                pixels[out + Image.RED] = onWhite(argb >> 16 & 0xFF, alpha);
                pixels[out + Image.GREEN] = onWhite(argb >> 8 & 0xFF, alpha);
                pixels[out + Image.BLUE] = onWhite(argb & 0xFF, alpha);
                out += Image.CHANNELS;
            }
        }
    }

    /*
     * The samples are taken as they are: Java's colour management takes grey files for linear light and would brighten
     * them.
     */
    private static void copySamples(Raster raster, ColorModel colors, byte[] pixels) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        boolean grey = bands < Image.CHANNELS;
        int max = (1 << colors.getComponentSize(0)) - 1;
        int[] row = new int[width * bands];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int in = 0; in < row.length; in += bands) {
                int alpha = colors.hasAlpha() ? toByte(row[in + bands - 1], max) : WHITE;
                pixels[out + Image.RED] = onWhite(toByte(row[in], max), alpha);
                pixels[out + Image.GREEN] = onWhite(toByte(row[grey ? in : in + 1], max), alpha);
                pixels[out + Image.BLUE] = onWhite(toByte(row[grey ? in : in + 2], max), alpha);
                out += Image.CHANNELS;
            }
        }
    }

    private static int toByte(int sample, int max) {
        return max == WHITE ? sample : (int) ((long) sample * WHITE / max);
    }

    private static byte onWhite(int value, int alpha) {
        return (byte) (WHITE + (value - WHITE) * alpha / WHITE);
    }
}
