package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Rejection.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebpFileTest {

    private final ImageDecoder decoder = new ImageDecoder(25);

    /** The checksums are those of the pixels as libwebp 1.x decodes the files. */
    @ParameterizedTest
    @CsvSource({"lossy.webp, a7801c44", "turned.webp, 1e49a0b6", "lossless.webp, 86e29141"})
    void file_isDecodedToTheSamePixelsAsByTheReferenceDecoder(String name, String checksum) {
        CRC32 crc = new CRC32();
        crc.update(decoded(PictureFilesTest.resource(name)).pixels());

        assertThat(Long.toHexString(crc.getValue())).isEqualTo(checksum);
    }

    @Property(tries = 50)
    void losslessPicture_hasThePixelsThatWereStored(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll long seed) {
        int[] argb = new Random(seed).ints((long) width * height).toArray();

        byte[] pixels =
                decoded(WebpBytes.file(WebpBytes.lossless(width, height, argb))).pixels();

        for (int i = 0; i < argb.length; i++) {
            int alpha = argb[i] >>> 24;
            for (int channel = 0; channel < 3; channel++) {
                int value = argb[i] >> (16 - 8 * channel) & 0xFF;
                assertThat(pixels[3 * i + channel] & 0xFF).isEqualTo(255 + (value - 255) * alpha / 255);
            }
        }
    }

    @Property(tries = 100)
    void transparencyStoredInAnyWay_isShownOnWhite(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(max = 1) int compression,
            @ForAll @IntRange(max = 3) int filter,
            @ForAll @IntRange(max = 1) int processing,
            @ForAll long seed) {
        byte[] alpha = new byte[width * height];
        new Random(seed).nextBytes(alpha);
        byte[] filtered = filtered(alpha, width, filter);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(compression | filter << 2 | processing << 4);
        content.writeBytes(compression == 0 ? filtered : WebpBytes.transparency(filtered));

        byte[] opaque = decoded(WebpBytes.file(WebpBytes.grey(width, height))).pixels();
        byte[] pixels = decoded(WebpBytes.file(
                        WebpBytes.extended(width, height),
                        WebpBytes.chunk("ALPH", content.toByteArray()),
                        WebpBytes.grey(width, height)))
                .pixels();

        for (int i = 0; i < pixels.length; i++) {
            int value = opaque[i] & 0xFF;
            assertThat(pixels[i] & 0xFF).isEqualTo(255 + (value - 255) * (alpha[i / 3] & 0xFF) / 255);
        }
    }

    private static byte[] filtered(byte[] alpha, int width, int filter) {
        byte[] out = new byte[alpha.length];
        for (int i = 0; i < alpha.length; i++) {
            int left = i % width == 0 ? 0 : alpha[i - 1] & 0xFF;
            int top = i < width ? 0 : alpha[i - width] & 0xFF;
            int corner = i % width == 0 || i < width ? 0 : alpha[i - width - 1] & 0xFF;
            int prediction = i < width ? left : top;
            if (i >= width && i % width != 0) {
                prediction = filter == 1 ? left : filter == 2 ? top : Math.max(0, Math.min(255, left + top - corner));
            }
            out[i] = (byte) (alpha[i] - (filter == 0 ? 0 : prediction));
        }
        return out;
    }

    @Test
    void transparencyThatIsCutOff_isDamage() {
        byte[] file = WebpBytes.file(
                WebpBytes.extended(20, 20), WebpBytes.chunk("ALPH", new byte[400]), WebpBytes.grey(20, 20));

        assertThat(reason(file)).isEqualTo(Reason.INVALID_IMAGE);
    }

    @Test
    void videoFrame_isNotReduced() {
        Image image = decoded(WebpBytes.file(WebpBytes.grey(1920, 1080)));

        assertThat(image.width()).isEqualTo(1920);
        assertThat(image.height()).isEqualTo(1080);
        assertThat(image.luminance(1919, 1079)).isBetween(125, 135);
    }

    @Test
    void fourMegapixels_areReduced() {
        assertThat(decoded(WebpBytes.file(WebpBytes.grey(2304, 1728))).width()).isEqualTo(1152);
        assertThat(decoded(WebpBytes.file(WebpBytes.lossless(2304, 1728, new int[2304 * 1728])))
                        .width())
                .isEqualTo(1152);
    }

    @Test
    void picturesThatStateTwoSizes_areDamaged() {
        assertThat(reason(WebpBytes.file(WebpBytes.extended(21, 20), WebpBytes.grey(20, 20))))
                .isEqualTo(Reason.INVALID_IMAGE);
    }

    @Test
    void prefixCodesOfTooMuchMemory_areRefused() {
        // A map of regions whose numbers reach 65,535 calls for as many codes.
        byte[] file = WebpBytes.file(WebpBytes.manyCodes());

        assertThat(reason(file)).isEqualTo(Reason.INVALID_IMAGE);
    }

    private Image decoded(byte[] file) {
        Decoding decoding = decoder.decode(file);
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) decoding).image();
    }

    private Reason reason(byte[] file) {
        return ((Decoding.Refused) decoder.decode(file)).rejection().reason();
    }
}
