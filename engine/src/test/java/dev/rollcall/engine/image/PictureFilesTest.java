package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Portraits;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One portrait as every kind of file that cameras and programs write. */
class PictureFilesTest {

    private final ImageDecoder decoder = new ImageDecoder(25);

    @ParameterizedTest
    @CsvSource({
        "cmyk.jpg, 35",
        "lossy.webp, 5",
        "lossless.webp, 0.01",
        "turned.webp, 5",
    })
    void file_showsThePortrait(String name, double tolerance) {
        assertThat(difference(decoded(resource(name)), portrait())).isLessThanOrEqualTo(tolerance);
    }

    @Test
    void transparentWebp_isShownOnWhite() {
        Image image = decoded(resource("alpha.webp"));

        assertThat(image.luminance(5, 5)).isGreaterThan(portrait().luminance(5, 5));
        assertThat(difference(image, portrait())).isBetween(5.0, 30.0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void singleAndMultiScanJpeg_showThePortrait(boolean progressive) throws IOException {
        assertThat(difference(decoded(jpeg(read(), progressive)), portrait())).isLessThan(5);
    }

    @Test
    void interlacedPng_showsThePortrait() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);

        assertThat(difference(decoded(write(writer, param, read())), portrait()))
                .isZero();
    }

    @Test
    void jpegWithAnotherColourProfile_isNotConverted() throws IOException {
        byte[] linear = withProfile(
                jpeg(read(), false),
                ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());

        assertThat(difference(decoded(linear), portrait())).isLessThan(5);
    }

    @Test
    void paddingBetweenSegments_isAccepted() throws IOException {
        byte[] whole = jpeg(read(), false);
        byte[] padded = ByteBuffer.allocate(whole.length + 3)
                .put(whole, 0, whole.length - 2)
                .put(new byte[3])
                .put(whole, whole.length - 2, 2)
                .array();

        assertThat(difference(decoded(padded), portrait())).isLessThan(5);
    }

    @Test
    void dataAfterThePicture_isIgnored() throws IOException {
        byte[] whole = jpeg(read(), false);

        assertThat(difference(decoded(Arrays.copyOf(whole, whole.length + 5000)), portrait()))
                .isLessThan(5);
    }

    @Test
    void animatedWebp_isRefusedByName() {
        assertThat(refused(resource("animated.webp")).advice()).contains("animated WebP");
    }

    @Test
    void avifFile_isRefusedByName() {
        assertThat(refused(resource("picture.avif")).details()).containsEntry("format", "AVIF");
    }

    @ParameterizedTest
    @CsvSource({"0xC3, lossless", "0xC9, arithmetic"})
    void jpegOfUnusualCoding_isRefusedByName(String frame, String kind) throws IOException {
        byte[] file = jpeg(read(), false);
        file[frame(file) + 1] = Integer.decode(frame).byteValue();

        assertThat(refused(file).reason()).isEqualTo(Reason.UNSUPPORTED_IMAGE);
        assertThat(refused(file).advice()).contains(kind);
    }

    @Test
    void progressiveJpegOfVeryManyScans_isRefused() throws IOException {
        byte[] file = jpeg(read(), true);
        byte[] scans = new byte[4 * 120];
        for (int i = 0; i < scans.length; i += 4) {
            scans[i] = (byte) 0xFF;
            scans[i + 1] = (byte) 0xDA;
        }
        byte[] many = ByteBuffer.allocate(file.length + scans.length)
                .put(file)
                .put(scans)
                .array();

        assertThat(refused(many).reason()).isEqualTo(Reason.UNSUPPORTED_IMAGE);
    }

    @Test
    void costlyCodings_haveLowerLimits() throws IOException {
        byte[] progressive = jpeg(new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR), true);
        byte[] webp = resource("lossless.webp");
        ByteBuffer.wrap(webp)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(indexOf(webp, "VP8L") + 9, 3999 | (2999 << 14));

        assertThat(refused(progressive).details()).containsEntry("max_megapixels", 8);
        assertThat(refused(webp).details()).containsEntry("max_megapixels", 8).containsEntry("width", 4000);
    }

    @Test
    void baselineJpegWithAScanForEachChannel_countsAsMultiScan() throws IOException {
        byte[] file = jpeg(new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR), false);
        file[scan(file) + 4] = 1;

        assertThat(refused(file).details()).containsEntry("max_megapixels", 8);
    }

    @Test
    void veryLongPicture_isRefusedOnItsHeader() throws IOException {
        byte[] file = jpeg(read(), false);
        ByteBuffer.wrap(file).putShort(frame(file) + 7, (short) 60_000);

        assertThat(refused(file).reason()).isEqualTo(Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void pictureBeyondAVideoFrame_isReduced() throws IOException {
        assertThat(decoded(jpeg(new BufferedImage(1920, 1080, BufferedImage.TYPE_3BYTE_BGR), false))
                        .width())
                .isEqualTo(1920);
        assertThat(decoded(jpeg(new BufferedImage(2560, 1440, BufferedImage.TYPE_3BYTE_BGR), false))
                        .width())
                .isEqualTo(1280);
    }

    private Image decoded(byte[] file) {
        Decoding decoding = decoder.decode(file);
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) decoding).image();
    }

    private Rejection refused(byte[] file) {
        return ((Decoding.Refused) decoder.decode(file)).rejection();
    }

    private Image portrait() {
        return decoded(Portraits.png("manuel"));
    }

    static BufferedImage read() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Portraits.png("manuel")));
    }

    /** Mean difference of luminance. */
    private static double difference(Image one, Image other) {
        assertThat(one.width()).isEqualTo(other.width());
        assertThat(one.height()).isEqualTo(other.height());
        long sum = 0;
        for (int y = 0; y < one.height(); y++) {
            for (int x = 0; x < one.width(); x++) {
                sum += Math.abs(one.luminance(x, y) - other.luminance(x, y));
            }
        }
        return (double) sum / one.width() / one.height();
    }

    static byte[] resource(String name) {
        try (InputStream in = PictureFilesTest.class.getResourceAsStream("/pictures/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(BufferedImage picture, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.9f);
        param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        return write(writer, param, picture);
    }

    private static byte[] write(ImageWriter writer, ImageWriteParam param, BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.setOutput(ImageIO.createImageOutputStream(out));
        writer.write(null, new IIOImage(picture, null, null), param);
        ((javax.imageio.stream.ImageOutputStream) writer.getOutput()).flush();
        writer.dispose();
        return out.toByteArray();
    }

    static byte[] withProfile(byte[] jpeg, byte[] profile) {
        byte[] name = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1};
        int length = 2 + name.length + profile.length;
        return ByteBuffer.allocate(jpeg.length + 2 + length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE2)
                .putShort((short) length)
                .put(name)
                .put(profile)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** Where the frame header's marker stands. */
    static int frame(byte[] jpeg) {
        for (int i = 2; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && (jpeg[i + 1] == (byte) 0xC0 || jpeg[i + 1] == (byte) 0xC2)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no frame");
    }

    /** Where the first scan's marker stands. */
    static int scan(byte[] jpeg) {
        return indexOf(jpeg, "\u00ff\u00da");
    }

    static int indexOf(byte[] file, String text) {
        return new String(file, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
