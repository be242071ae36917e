package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Portraits;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private final ImageDecoder decoder = new ImageDecoder(25);

    @Test
    void png_keepsItsPixels() {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(2, 1, 0x102030);

        Image image = decoded(file(picture, "png"));

        assertThat(image.width()).isEqualTo(3);
        assertThat(image.height()).isEqualTo(2);
        assertThat(pixel(image, 2, 1)).isEqualTo(0x102030);
        assertThat(pixel(image, 0, 0)).isZero();
    }

    @Test
    void greyPng_isNotBrightened() {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setSample(0, 0, 0, 100);

        assertThat(pixel(decoded(file(picture, "png")), 0, 0)).isEqualTo(0x646464);
    }

    @Test
    void sixteenBitGreyPng_isScaledToEightBits() {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        picture.getRaster().setSample(0, 0, 0, 0xFFFF);

        assertThat(pixel(decoded(file(picture, "png")), 0, 0)).isEqualTo(0xFFFFFF);
    }

    @Test
    void palettePng_isLookedUp() {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
        picture.setRGB(0, 0, 0xFF0000);

        assertThat(pixel(decoded(file(picture, "png")), 0, 0)).isEqualTo(0xFF0000);
    }

    @Test
    void transparentPixel_isShownOnWhite() {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00123456);
        picture.setRGB(1, 0, 0xFF123456);

        Image image = decoded(file(picture, "png"));

        assertThat(pixel(image, 0, 0)).isEqualTo(0xFFFFFF);
        assertThat(pixel(image, 1, 0)).isEqualTo(0x123456);
    }

    /** The stored picture has a red corner top left; each orientation says where that corner belongs. */
    @ParameterizedTest
    @CsvSource({
        "1, false, LEFT_TOP", "2, false, RIGHT_TOP", "3, false, RIGHT_BOTTOM", "4, false, LEFT_BOTTOM",
        "5, true, LEFT_TOP", "6, true, RIGHT_TOP", "7, true, RIGHT_BOTTOM", "8, true, LEFT_BOTTOM"
    })
    void exifOrientation_makesThePictureUpright(int orientation, boolean sidesSwap, String corner) {
        BufferedImage picture = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 16, 16);
        graphics.dispose();

        Image image = decoded(withOrientation(file(picture, "jpg"), orientation));

        assertThat(image.width()).isEqualTo(sidesSwap ? 32 : 64);
        assertThat(image.height()).isEqualTo(sidesSwap ? 64 : 32);
        int x = corner.startsWith("LEFT") ? 4 : image.width() - 5;
        int y = corner.endsWith("TOP") ? 4 : image.height() - 5;
        assertThat(pixel(image, x, y) >> 16).as("red of the corner").isGreaterThan(200);
        assertThat(pixel(image, image.width() - 1 - x, image.height() - 1 - y) >> 16)
                .as("red of the opposite corner")
                .isLessThan(50);
    }

    @Test
    void transposedOrientations_differInTheOtherCorners() {
        BufferedImage picture = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(48, 0, 16, 16);
        graphics.dispose();

        Image image = decoded(withOrientation(file(picture, "jpg"), 6));

        assertThat(pixel(image, 28, 60) >> 16)
                .as("a quarter turn carries the right top corner down")
                .isGreaterThan(200);
    }

    @Test
    void largePicture_isReducedByAnIntegerFactor() {
        Image image = decoded(file(new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR), "jpg"));

        assertThat(image.width()).isEqualTo(1334);
        assertThat(image.height()).isEqualTo(1000);
    }

    @Test
    void hugeHeader_isRefusedBeforeAnyPixelIsAllocated() {
        Rejection rejection = refused(pngHeader(30_000, 30_000));

        assertThat(rejection.reason()).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(rejection.details()).containsEntry("width", 30_000).containsEntry("max_megapixels", 25);
    }

    @Test
    void emptyFile_isInvalid() {
        assertThat(refused(new byte[0]).reason()).isEqualTo(Reason.INVALID_IMAGE);
    }

    @Test
    void text_isInvalid() {
        assertThat(refused("this is no picture".getBytes(StandardCharsets.UTF_8))
                        .reason())
                .isEqualTo(Reason.INVALID_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void truncatedFile_isInvalidAtAnyLength(String format) throws IOException {
        byte[] whole = file(ImageIO.read(new java.io.ByteArrayInputStream(Portraits.png("manuel"))), format);
        for (int percent = 1; percent <= 98; percent += 7) {
            byte[] cut = Arrays.copyOf(whole, Math.max(9, whole.length * percent / 100));
            assertThat(refused(cut).reason()).as("cut at %d %%", percent).isEqualTo(Reason.INVALID_IMAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"heic, HEIC", "mif1, HEIC", "avif, AVIF"})
    void isoMediaPicture_isRefusedByName(String brand, String format) {
        byte[] file = ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0" + brand).getBytes(StandardCharsets.ISO_8859_1);

        Rejection rejection = refused(file);

        assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_IMAGE);
        assertThat(rejection.advice()).contains(format);
    }

    @ParameterizedTest
    @CsvSource({"gif, GIF", "bmp, BMP", "tiff, TIFF"})
    void otherFormat_isRefusedByName(String format, String title) {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);

        assertThat(refused(file(picture, format)).details()).containsEntry("format", title);
    }

    private Image decoded(byte[] file) {
        return ((Decoding.Decoded) decoder.decode(file)).image();
    }

    private Rejection refused(byte[] file) {
        return ((Decoding.Refused) decoder.decode(file)).rejection();
    }

    private static int pixel(Image image, int x, int y) {
        int at = image.offset(x, y);
        byte[] pixels = image.pixels();
        return (pixels[at + Image.RED] & 0xFF) << 16
                | (pixels[at + Image.GREEN] & 0xFF) << 8
                | (pixels[at + Image.BLUE] & 0xFF);
    }

    private static byte[] file(BufferedImage picture, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(picture, format, out)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Puts an EXIF block with nothing but the orientation behind the JPEG's first marker. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1).putShort((short) 34).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        return ByteBuffer.allocate(jpeg.length + 36)
                .put(jpeg, 0, 2)
                .put(exif.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer chunk = ByteBuffer.allocate(17);
        chunk.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
        chunk.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(chunk.array());
        return ByteBuffer.allocate(64)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put(chunk.array())
                .putInt((int) crc.getValue())
                .array();
    }
}
