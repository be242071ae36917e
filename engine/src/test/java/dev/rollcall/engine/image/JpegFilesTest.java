package dev.rollcall.engine.image;

import static dev.rollcall.engine.image.PictureFilesTest.frame;
import static dev.rollcall.engine.image.PictureFilesTest.indexOf;
import static dev.rollcall.engine.image.PictureFilesTest.jpeg;
import static dev.rollcall.engine.image.PictureFilesTest.read;
import static dev.rollcall.engine.image.PictureFilesTest.scan;
import static dev.rollcall.engine.image.PictureFilesTest.withProfile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEG files with unusual or missing segments. */
class JpegFilesTest {

    private final ImageDecoder decoder = new ImageDecoder(25);

    static List<byte[]> oddProfiles() {
        return List.of(
                ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData(),
                ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData(),
                ofSpace("CMYK"),
                ofSpace("Lab "),
                ofSpace("XYZ "),
                new byte[0],
                new byte[200],
                "no profile at all".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] ofSpace(String signature) {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        System.arraycopy(signature.getBytes(StandardCharsets.US_ASCII), 0, profile, 16, 4);
        return profile;
    }

    @ParameterizedTest
    @MethodSource("oddProfiles")
    void jpegWithAnUnusualColourProfile_hasThePixelsOfTheSameFileWithoutOne(byte[] profile) throws IOException {
        BufferedImage grey = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(20, 20, 0, 255);
        for (byte[] plain : List.of(jpeg(read(), false), jpeg(read(), true), jpeg(grey, false))) {
            assertThat(decoded(withProfile(plain, profile)).pixels())
                    .isEqualTo(decoded(plain).pixels());
        }
    }

    @Test
    void jpegOfRedGreenAndBlueChannels_isNotConverted() throws IOException {
        byte[] channels = withAdobe(jpegOfChannels(bands(3, 200, 20, 90)), 0);

        Image image = decoded(channels);

        assertThat(image.pixels()).startsWith((byte) 200, (byte) 20, (byte) 90);
    }

    @Test
    void jpegWithExifAlone_isYcbcr() throws IOException {
        byte[] exif = segment(0xE1, "Exif\0\0II*\0".getBytes(StandardCharsets.ISO_8859_1));
        byte[] file = withSegment(jpegOfChannels(bands(3, 200, 128, 128)), exif);

        assertThat(decoded(file).pixels()).startsWith((byte) 200, (byte) 200, (byte) 200);
    }

    @Test
    void ycckJpeg_showsItsColours() throws IOException {
        // Luma 76, chroma 85 and 255 are red, 255, 0, 0, whose inverse is what the inks let through.
        byte[] file = withAdobe(jpegOfChannels(bands(4, 76, 85, 255, 255)), 2);

        Image image = decoded(file);

        assertThat(image.pixels()[0] & 0xFF).isLessThan(5);
        assertThat(image.pixels()[1] & 0xFF).isGreaterThan(250);
        assertThat(image.pixels()[2] & 0xFF).isGreaterThan(250);
    }

    @Test
    void jpegWithoutHuffmanTables_usesThoseOfTheStandard() throws IOException {
        byte[] whole = jpeg(read(), false);
        byte[] bare = whole;
        for (int at = indexOf(bare, "\u00ff\u00c4"); at >= 0; at = indexOf(bare, "\u00ff\u00c4")) {
            int end = at + 2 + ByteBuffer.wrap(bare).getShort(at + 2);
            bare = ByteBuffer.allocate(bare.length - (end - at))
                    .put(bare, 0, at)
                    .put(bare, end, bare.length - end)
                    .array();
        }

        assertThat(bare).hasSizeLessThan(whole.length - 400);
        assertThat(decoded(bare).pixels()).isEqualTo(decoded(whole).pixels());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpegWithoutEndMarker_isComplete(boolean progressive) throws IOException {
        byte[] whole = jpeg(read(), progressive);

        for (int missing = 1; missing <= 2; missing++) {
            assertThat(decoded(Arrays.copyOf(whole, whole.length - missing)).pixels())
                    .isEqualTo(decoded(whole).pixels());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpegThatLacksSomeOfItsScans_isDamaged(boolean progressive) throws IOException {
        byte[] whole = jpeg(read(), progressive);
        for (int missing = 4; missing < whole.length / 2; missing += 1 + missing / 3) {
            assertThat(refused(Arrays.copyOf(whole, whole.length - missing)).reason())
                    .isEqualTo(Reason.INVALID_IMAGE);
        }
    }

    @Test
    void progressiveJpegThatEndsBetweenTwoScans_isDamaged() throws IOException {
        byte[] whole = jpeg(read(), true);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int scans = 0;
        for (int at = text.indexOf("\u00ff\u00da"); at >= 0; at = text.indexOf("\u00ff\u00da", at + 1), scans++) {
            int tables = text.lastIndexOf("\u00ff\u00c4", at);
            int end = scans > 0 && tables > text.lastIndexOf("\u00ff\u00da", at - 1) ? tables : at;
            assertThat(refused(Arrays.copyOf(whole, end)).reason()).isEqualTo(Reason.INVALID_IMAGE);
        }
        assertThat(scans).isGreaterThan(3);
    }

    @Test
    void cutOffJpegWithPaddingBetweenItsScans_isDamaged() throws IOException {
        byte[] whole = jpeg(read(), true);
        int second = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c4", scan(whole));
        byte[] padded = ByteBuffer.allocate(whole.length + 40)
                .put(whole, 0, second)
                .put(new byte[40])
                .put(whole, second, whole.length - second)
                .array();

        assertThat(decoded(padded).pixels()).isEqualTo(decoded(whole).pixels());
        assertThat(refused(Arrays.copyOf(padded, padded.length - 4)).reason()).isEqualTo(Reason.INVALID_IMAGE);
    }

    @Test
    void jpegOfTablesWithoutEnd_isRefusedWithoutKeepingThem() throws IOException {
        byte[] whole = jpeg(read(), false);
        int tables = indexOf(whole, "\u00ff\u00c4");
        int length = scan(whole) - tables;
        ByteBuffer repeated =
                ByteBuffer.allocate(whole.length + 10_000 * length).put(whole, 0, tables);
        for (int i = 0; i <= 10_000; i++) {
            repeated.put(whole, tables, length);
        }
        byte[] file =
                repeated.put(whole, scan(whole), whole.length - scan(whole)).array();

        long before = MemoryNeedTest.allocated();
        assertThat(refused(file).reason()).isEqualTo(Reason.INVALID_IMAGE);
        assertThat(MemoryNeedTest.allocated() - before).isLessThan(1_000_000);
    }

    @Test
    void jpegOfManyChannels_isRefusedByName() throws IOException {
        byte[] file = jpeg(read(), false);
        file[frame(file) + 9] = 5;

        assertThat(refused(file).advice()).contains("5 channels");
    }

    private Image decoded(byte[] file) {
        Decoding decoding = decoder.decode(file);
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) decoding).image();
    }

    private Rejection refused(byte[] file) {
        return ((Decoding.Refused) decoder.decode(file)).rejection();
    }

    /** A picture of one colour, with these values in its channels. */
    private static WritableRaster bands(int count, int... values) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, count, null);
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, values);
        }
        return raster;
    }

    /** A file that stores channels as they are, and does not say what they are. */
    private static byte[] jpegOfChannels(WritableRaster raster) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.setOutput(ImageIO.createImageOutputStream(out));
        writer.write(null, new IIOImage(raster, null, null), param);
        ((javax.imageio.stream.ImageOutputStream) writer.getOutput()).flush();
        writer.dispose();
        return out.toByteArray();
    }

    private static byte[] withAdobe(byte[] jpeg, int transform) {
        return withSegment(
                jpeg, segment(0xEE, new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform}));
    }

    private static byte[] segment(int marker, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + content.length))
                .put(content)
                .array();
    }

    private static byte[] withSegment(byte[] jpeg, byte[] segment) {
        return ByteBuffer.allocate(jpeg.length + segment.length)
                .put(jpeg, 0, 2)
                .put(segment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }
}
