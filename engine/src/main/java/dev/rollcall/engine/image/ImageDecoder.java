package dev.rollcall.engine.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/**
 * Turns the bytes of a JPEG or PNG file into upright pixels. Limits are checked on the header, before any pixel is
 * allocated; a picture larger than the analysis needs is decoded at a whole fraction of its size. Holds no state: safe
 * for use by several threads.
 */
public final class ImageDecoder {

    /** Long side in pixels down to which a large picture may be reduced while decoding. */
    static final int SUFFICIENT_LONG_SIDE = 1280;

    private final long maxPixels;

    /**
     * Makes a decoder.
     *
     * @param maxMegapixels largest accepted product of width and height, in millions of pixels; positive
     */
    public ImageDecoder(int maxMegapixels) {
        if (maxMegapixels < 1) {
            throw new IllegalArgumentException("maxMegapixels must be positive: " + maxMegapixels);
        }
        this.maxPixels = maxMegapixels * 1_000_000L;
    }

    /** Decodes a file. Never throws for its content: what can't be used is refused with a reason. */
    public Decoding decode(byte[] file) {
        Optional<ImageFormat> format = ImageFormat.sniff(file);
        if (format.isEmpty()) {
            return refuse(
                    Reason.INVALID_IMAGE, file.length == 0 ? "The picture is empty." : "The file is not a picture.");
        }
        if (!format.get().readable()) {
            return refuse(
                    Reason.UNSUPPORTED_IMAGE,
                    format.get().title() + " is not supported; send a JPEG or PNG.",
                    Map.of("format", format.get().title()));
        }
        try {
            return decode(file, format.get());
        } catch (UnsupportedPixelsException e) {
            return refuse(
                    Reason.UNSUPPORTED_IMAGE,
                    "This kind of " + format.get().title() + " is not supported; save it as an ordinary RGB picture.",
                    Map.of("format", format.get().title()));
        } catch (IOException | RuntimeException e) {
            // The JDK's readers answer damaged files with whatever exception they stumble into.
            return refuse(Reason.INVALID_IMAGE, "The " + format.get().title() + " file is damaged or incomplete.");
        }
    }

    private Decoding decode(byte[] file, ImageFormat format) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > maxPixels) {
                return tooLarge(width, height);
            }
            Image image = read(reader, format, width, height);
            return new Decoding.Decoded(
                    format == ImageFormat.JPEG ? ExifOrientation.of(file).upright(image) : image);
        } finally {
            reader.dispose();
        }
    }

    private static Image read(ImageReader reader, ImageFormat format, int width, int height) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(width, height) / SUFFICIENT_LONG_SIDE);
        param.setSourceSubsampling(step, step, 0, 0);
        if (format == ImageFormat.JPEG && isRgb(reader)) {
            param.setDestination(Pixels.inEngineOrder((width + step - 1) / step, (height + step - 1) / step));
            return Pixels.wrapped(read(reader, param));
        }
        return Pixels.of(read(reader, param));
    }

    private static boolean isRgb(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        return types.hasNext() && types.next().getNumBands() == Image.CHANNELS;
    }

    private static BufferedImage read(ImageReader reader, ImageReadParam param) throws IOException {
        // The JPEG reader fills the missing end of a cut-off file with grey and merely warns.
        boolean[] warned = new boolean[1];
        IIOReadWarningListener listener = (source, warning) -> warned[0] = true;
        reader.addIIOReadWarningListener(listener);
        BufferedImage image;
        try {
            image = reader.read(0, param);
        } catch (IIOException e) {
            if ("Unsupported Image Type".equals(e.getMessage())) {
                throw new UnsupportedPixelsException(e);
            }
            throw e;
        }
        if (warned[0]) {
            throw new IIOException("the file is damaged");
        }
        return image;
    }

    private Decoding tooLarge(int width, int height) {
        return refuse(
                Reason.IMAGE_TOO_LARGE,
                "The picture has too many pixels; send a smaller one.",
                Map.of("width", width, "height", height, "max_megapixels", maxPixels / 1_000_000));
    }

    private static Decoding refuse(Reason reason, String advice) {
        return new Decoding.Refused(new Rejection(reason, advice));
    }

    private static Decoding refuse(Reason reason, String advice, Map<String, Object> details) {
        return new Decoding.Refused(new Rejection(reason, advice, details));
    }

    private static final class UnsupportedPixelsException extends IOException {
        private static final long serialVersionUID = 1L;

        UnsupportedPixelsException(IOException cause) {
            super(cause);
        }
    }
}
