package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Portraits;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One portrait as every kind of file that cameras and programs write. */
class PictureFilesTest {

    private final ImageDecoder decoder = new ImageDecoder(25);

    @ParameterizedTest
    @CsvSource({
        "four-inks.jpg, 35",
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
    void jpegOfOneOrManyScans_showsThePortrait(boolean progressive) throws IOException {
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
    void jpegWithAnOddColourProfile_hasThePixelsOfTheSameFileWithoutOne(byte[] profile) throws IOException {
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
    void jpegThatOnlyExifDescribes_isOfLumaAndChroma() throws IOException {
        byte[] exif = segment(0xE1, "Exif\0\0II*\0".getBytes(StandardCharsets.ISO_8859_1));
        byte[] file = withSegment(jpegOfChannels(bands(3, 200, 128, 128)), exif);

        assertThat(decoded(file).pixels()).startsWith((byte) 200, (byte) 200, (byte) 200);
    }

    @Test
    void jpegOfInksAsLumaAndChroma_showsItsColours() throws IOException {
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
    void jpegWithoutEndMarker_isWhole(boolean progressive) throws IOException {
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
        byte[] padded = ByteBuffer.allocate(whole.length + 3)
                .put(whole, 0, second)
                .put(new byte[3])
                .put(whole, second, whole.length - second)
                .array();

        assertThat(decoded(padded).pixels()).isEqualTo(decoded(whole).pixels());
        assertThat(refused(Arrays.copyOf(padded, padded.length - 10)).reason()).isEqualTo(Reason.INVALID_IMAGE);
    }

    @Test
    void paddingBetweenSegments_isNoDamage() throws IOException {
        byte[] whole = jpeg(read(), false);
        byte[] padded = ByteBuffer.allocate(whole.length + 3)
                .put(whole, 0, whole.length - 2)
                .put(new byte[3])
                .put(whole, whole.length - 2, 2)
                .array();

        assertThat(difference(decoded(padded), portrait())).isLessThan(5);
    }

    @Test
    void whatFollowsThePicture_isIgnored() throws IOException {
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

    @Test
    void costlyCodings_haveLimitsOfTheirOwn() throws IOException {
        byte[] progressive = jpeg(new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR), true);
        byte[] webp = resource("lossless.webp");
        ByteBuffer.wrap(webp)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(indexOf(webp, "VP8L") + 9, 3999 | (2999 << 14));

        assertThat(refused(progressive).details()).containsEntry("max_megapixels", 8);
        assertThat(refused(webp).details()).containsEntry("max_megapixels", 8).containsEntry("width", 4000);
    }

    @Test
    void baselineJpegWithAScanForEachChannel_countsAsOneOfManyScans() throws IOException {
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

    private static BufferedImage read() throws IOException {
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

    private static byte[] withProfile(byte[] jpeg, byte[] profile) {
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
    private static int scan(byte[] jpeg) {
        return indexOf(jpeg, "\u00ff\u00da");
    }

    private static int indexOf(byte[] file, String text) {
        return new String(file, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
