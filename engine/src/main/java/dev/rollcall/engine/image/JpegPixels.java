package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes the pixels of a JPEG file with the JDK's reader, at an integer fraction of its size when it is larger than the
 * analysis needs. Colour profiles are ignored. Not safe for use by several threads at once.
 */
final class JpegPixels {

    private static final int WHITE = 255;
    private static final int CMYK_CHANNELS = 4;
    /** Part of the reader's warning of padding between two segments, which some cameras write. */
    private static final String PADDING = "extraneous bytes before marker";

    private static final ColorSpace SRGB = ColorSpace.getInstance(ColorSpace.CS_sRGB);

    private final Header header;
    private final byte[] pixels;

    private JpegPixels(Header header, byte[] pixels) {
        this.header = header;
        this.pixels = pixels;
    }

    /**
     * Decodes a file.
     *
     * @param pixels receives the reduced picture
     * @throws IOException or any other exception if the file is damaged: the JDK's reader throws exceptions of any kind
     */
    static void decode(byte[] file, Header header, byte[] pixels) throws IOException {
        JpegSegments segments = JpegSegments.read(file);
        ImageReader reader = jdkReader();
        try (ImageInputStream input = new JpegInput(segments.simplifiedHeader(), file, segments.scanAt())) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw new IIOException("two sizes are stated");
            }
            // The reader fills the missing end of a truncated file with grey and only warns. It may report only the
            // first of several warnings.
            boolean[] damaged = new boolean[1];
            boolean[] padded = new boolean[1];
            reader.addIIOReadWarningListener((source, warning) -> {
                damaged[0] |= !warning.contains(PADDING);
                padded[0] |= warning.contains(PADDING);
            });
            new JpegPixels(header, pixels).read(reader, segments);
            if (damaged[0] || (padded[0] && !JpegScans.of(file, segments).ended())) {
                throw new IIOException("the file is damaged");
            }
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own reader, also when the class path has others. */
    private static ImageReader jdkReader() throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("JPEG");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageReader.class.getModule()) {
                return reader;
            }
        }
        throw new IOException("this Java has no reader for JPEG");
    }

    private void read(ImageReader reader, JpegSegments segments) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(header.step(), header.step(), 0, 0);
        if (header.coding() == Coding.CMYK) {
            copyCmyk(reader.readRaster(0, param), segments.isYcck());
        } else if (segments.channels() == 1) {
            copyGrey(reader.readRaster(0, param));
        } else {
            param.setDestination(rgbImage());
            reader.read(0, param);
        }
    }

    /**
     * A picture over the pixels in the order red, green, blue, which the reader fills by copying rows. With the usual
     * BGR order it would copy each sample by itself.
     */
    private BufferedImage rgbImage() {
        ColorModel model = new ComponentColorModel(SRGB, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        int width = header.reducedWidth();
        return new BufferedImage(
                model,
                Raster.createInterleavedRaster(
                        new DataBufferByte(pixels, pixels.length),
                        width,
                        header.reducedHeight(),
                        width * Image.CHANNELS,
                        Image.CHANNELS,
                        new int[] {Image.RED, Image.GREEN, Image.BLUE},
                        null),
                false,
                null);
    }

    private void copyGrey(Raster raster) {
        int width = raster.getWidth();
        int[] row = new int[width];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int grey : row) {
                pixels[out++] = (byte) grey;
                pixels[out++] = (byte) grey;
                pixels[out++] = (byte) grey;
            }
        }
    }

    /**
     * Converts CMYK to RGB without a colour profile, somewhat darker than print. Samples are inverted, as Adobe's
     * programs write them (the only form in use): 0 is full ink, 255 none. So a colour is its sample times that of
     * black.
     */
    private void copyCmyk(Raster raster, boolean ycck) {
        int width = raster.getWidth();
        int[] row = new int[width * CMYK_CHANNELS];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int in = 0; in < row.length; in += CMYK_CHANNELS) {
                if (ycck) {
                    ycckToCmyk(row, in);
                }
                int black = row[in + CMYK_CHANNELS - 1];
                pixels[out + Image.RED] = (byte) (row[in] * black / WHITE);
                pixels[out + Image.GREEN] = (byte) (row[in + 1] * black / WHITE);
                pixels[out + Image.BLUE] = (byte) (row[in + 2] * black / WHITE);
                out += Image.CHANNELS;
            }
        }
    }

    /** Converts YCCK to CMYK in place (the conversion of JFIF 1.02, inverted). */
    private static void ycckToCmyk(int[] row, int at) {
        int luma = row[at];
        int blue = row[at + 1] - 128;
        int red = row[at + 2] - 128;
        row[at] = WHITE - clamp(luma + 1.402f * red);
        row[at + 1] = WHITE - clamp(luma - 0.344136f * blue - 0.714136f * red);
        row[at + 2] = WHITE - clamp(luma + 1.772f * blue);
    }

    private static int clamp(float value) {
        return Math.max(0, Math.min(WHITE, Math.round(value)));
    }
}
