package dev.rollcall.engine.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.rollcall.engine.image.Header.Coding;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** Reads the pixels of one file, at a whole fraction of its size when it is larger than the analysis needs. */
final class PixelReader {

    /** Pixels down to which a large picture is reduced while decoding: those of a 1920×1088 video frame. */
    static final int SUFFICIENT_PIXELS = 1920 * 1088;

    private final byte[] file;
    private final Header header;
    private final int step;
    private final Canvas canvas;

    PixelReader(byte[] file, Header header, Canvas canvas) throws IOException {
        this.file = header.coding() == Coding.WEBP ? WebpFile.pictureOnly(file) : file;
        this.header = header;
        this.step = step(header);
        this.canvas = canvas;
    }

    /** The smallest whole factor that reduces a picture to what is sufficient. */
    static int step(Header header) {
        int step = 1;
        while (reduced(header.width(), step) * (long) reduced(header.height(), step) > SUFFICIENT_PIXELS) {
            step++;
        }
        return step;
    }

    private static int reduced(int length, int step) {
        return (length + step - 1) / step;
    }

    /**
     * The upright picture.
     *
     * @throws IOException or any other exception if the file is damaged: the readers answer damage with whatever they
     *     stumble into
     */
    Image read() throws IOException {
        ImageReader reader = reader();
        try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw new IIOException("two sizes are stated");
            }
            // The JPEG reader fills the missing end of a cut-off file with grey and merely warns.
            boolean[] damaged = new boolean[1];
            reader.addIIOReadWarningListener((source, warning) -> damaged[0] |= !harmless(warning));
            byte[] pixels = read(reader);
            if (damaged[0]) {
                throw new IIOException("the file is damaged");
            }
            return header.orientation().upright(reduced(header.width(), step), reduced(header.height(), step), pixels);
        } finally {
            reader.dispose();
        }
    }

    /**
     * Whether a warning says nothing about the pixels: padding between two segments, which some cameras leave, and
     * what is wrong with a colour profile or a thumbnail, which are not used.
     */
    static boolean harmless(String warning) {
        return warning.contains("extraneous bytes before marker")
                || warning.contains("profile")
                || warning.contains("Profile")
                || warning.contains("JFIF")
                || warning.contains("JFXX");
    }

    private ImageReader reader() throws IOException {
        return switch (header.coding()) {
            case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
            case PNG -> ofJdk("PNG");
            case STREAMED, MANY_SCANS, FOUR_INKS -> ofJdk("JPEG");
        };
    }

    /** The reader that comes with Java, whatever else is on the class path. */
    private static ImageReader ofJdk(String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageReader.class.getModule()) {
                return reader;
            }
        }
        throw new IOException("this Java has no reader for " + format);
    }

    private byte[] read(ImageReader reader) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        if (header.coding() == Coding.FOUR_INKS) {
            return Pixels.ofInks(reader.readRaster(0, param));
        }
        Optional<ColorSpace> colors =
                header.coding() == Coding.PNG || header.coding() == Coding.WEBP ? Optional.empty() : ownColors(reader);
        if (colors.isEmpty()) {
            return Pixels.of(reader.read(0, param));
        }
        BufferedImage destination =
                canvas.picture(reduced(header.width(), step), reduced(header.height(), step), colors.get());
        param.setDestination(destination);
        reader.read(0, param);
        return Pixels.shared(destination);
    }

    /**
     * The colours of a three-channel JPEG as its profile defines them. Asking for these keeps the reader from
     * converting each row to sRGB, which takes longer than all the rest and makes no difference to recognition.
     */
    private static Optional<ColorSpace> ownColors(ImageReader reader) throws IOException {
        Optional<ColorSpace> colors = Optional.empty();
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        while (types.hasNext()) {
            ImageTypeSpecifier type = types.next();
            if (type.getNumBands() == Image.CHANNELS) {
                colors = Optional.of(type.getColorModel().getColorSpace());
            }
        }
        return colors;
    }
}
