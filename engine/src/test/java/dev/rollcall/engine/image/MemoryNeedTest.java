package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rollcall.engine.image.PngHeader.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What decoding allocates never exceeds what the header's need says; the rest of the need is native memory. */
class MemoryNeedTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int[][] SIZES = {{1, 1}, {33, 17}, {640, 480}, {16_000, 3}, {3, 5_000}, {1500, 1450}};

    private final ImageDecoder decoder = new ImageDecoder(25);

    static int[][] sizes() {
        return SIZES;
    }

    static int[][] smallSizes() {
        return Arrays.copyOf(SIZES, SIZES.length - 1);
    }

    @ParameterizedTest
    @MethodSource("smallSizes")
    void pngOfEveryKind_allocatesNoMoreThanItNeeds(int[] size) {
        for (Color color : Color.values()) {
            for (int depth : PngPixelsTest.depths(color)) {
                for (boolean interlaced : new boolean[] {false, true}) {
                    PngHeader kind = new PngHeader(size[0], size[1], depth, color, interlaced);
                    assertWithinNeed(kind.toString(), new PngFile(kind, 3).bytes());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largePng_allocatesNoMoreThanItNeeds(boolean interlaced) {
        PngHeader kind = new PngHeader(1500, 1450, 16, Color.GREY_ALPHA, interlaced);

        assertWithinNeed(kind.toString(), new PngFile(kind, 3).bytes());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void jpegOfEveryKind_allocatesNoMoreThanItNeeds(int[] size) throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY}) {
            BufferedImage picture = new BufferedImage(size[0], size[1], type);
            for (boolean progressive : new boolean[] {false, true}) {
                assertWithinNeed("JPEG of type " + type, PictureFilesTest.jpeg(picture, progressive));
                if (type == BufferedImage.TYPE_3BYTE_BGR) {
                    assertWithinNeed("JPEG with full colour", withFullColour(picture, progressive));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void cmykJpeg_allocatesNoMoreThanItNeeds(int[] size) {
        byte[] file = PictureFilesTest.resource("cmyk.jpg");
        // Coded data for fewer blocks than the header states is refused, but only after everything is allocated.
        ByteBuffer.wrap(file)
                .putShort(PictureFilesTest.frame(file) + 5, (short) size[1])
                .putShort(PictureFilesTest.frame(file) + 7, (short) size[0]);

        assertWithinNeed("CMYK JPEG", file);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void webpOfEveryKind_allocatesNoMoreThanItNeeds(int[] size) {
        int width = size[0];
        int height = size[1];
        byte[] lossless = WebpBytes.lossless(width, height, new int[width * height]);
        byte[] extended = WebpBytes.extended(width, height);
        byte[] grey = WebpBytes.grey(width, height);
        byte[] raw = new byte[1 + width * height];
        ByteArrayOutputStream transparency = new ByteArrayOutputStream();
        transparency.write(1 | 3 << 2);
        transparency.writeBytes(WebpBytes.transparency(new byte[width * height]));

        assertWithinNeed("lossless", WebpBytes.file(lossless));
        assertWithinNeed("lossy", WebpBytes.file(grey));
        assertWithinNeed("raw alpha", WebpBytes.file(extended, WebpBytes.chunk("ALPH", raw), grey));
        assertWithinNeed(
                "coded alpha", WebpBytes.file(extended, WebpBytes.chunk("ALPH", transparency.toByteArray()), grey));
    }

    @Test
    void portraitsAsOtherFiles_allocateNoMoreThanTheyNeed() {
        for (String name : List.of("lossy.webp", "lossless.webp", "alpha.webp", "turned.webp", "cmyk.jpg")) {
            assertWithinNeed(name, PictureFilesTest.resource(name));
        }
    }

    @Test
    void largestSixteenBitPng_needsLittleMoreThanItsReducedPixels() throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            PngHeader kind = new PngHeader(5000, 5000, 16, Color.RGB_ALPHA, interlaced);
            ByteBuffer start = ByteBuffer.allocate(64);
            start.put(8, new PngFile(new PngHeader(1, 1, 16, Color.RGB_ALPHA, interlaced), 1).bytes(), 8, 25);
            start.putInt(16, kind.width()).putInt(20, kind.height());

            assertThat(PngHeader.read(start.array()).bytes()).isLessThan(6_000_000);
        }
    }

    @Test
    void needOfAHeaderWithTheLargestSides_isPositive() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(64);
        start.put(8, new PngFile(new PngHeader(1, 1, 16, Color.RGB_ALPHA, false), 1).bytes(), 8, 25);
        start.putInt(16, Integer.MAX_VALUE).putInt(20, Integer.MAX_VALUE);

        assertThat(PngHeader.read(start.array()).bytes()).isGreaterThan(2L * 8 * Integer.MAX_VALUE);
    }

    @Test
    void progressiveJpeg_needsItsCoefficients() throws IOException {
        BufferedImage picture = new BufferedImage(2000, 1500, BufferedImage.TYPE_3BYTE_BGR);
        long oneScan = JpegHeader.read(PictureFilesTest.jpeg(picture, false)).bytes();
        long halfColour = JpegHeader.read(PictureFilesTest.jpeg(picture, true)).bytes();
        long fullColour = JpegHeader.read(withFullColour(picture, true)).bytes();

        assertThat(halfColour - oneScan).isBetween(2000L * 1500 * 3, 2016L * 1520 * 3);
        assertThat(fullColour - oneScan).isBetween(2000L * 1500 * 6, 2016L * 1520 * 6);
    }

    private void assertWithinNeed(String kind, byte[] file) {
        long need = need(file);
        decoder.decode(file); // loads classes
        PixelBuffer buffer = new PixelBuffer(PictureMemory.unlimited());
        long before = allocated();
        decoder.decode(file, buffer);
        long allocated = allocated() - before;

        assertThat(allocated).as("%s allocates", kind).isLessThanOrEqualTo(need);
    }

    static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static long need(byte[] file) {
        try {
            return ImageFormat.sniff(file).orElseThrow().header(file).bytes();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A JPEG whose channels all have the same size. */
    private static byte[] withFullColour(BufferedImage picture, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), param);
        Node root = metadata.getAsTree("javax_imageio_jpeg_image_1.0");
        for (Node node : nodes(root)) {
            if (node.getNodeName().equals("componentSpec")) {
                ((Element) node).setAttribute("HsamplingFactor", "1");
                ((Element) node).setAttribute("VsamplingFactor", "1");
            }
        }
        metadata.setFromTree("javax_imageio_jpeg_image_1.0", root);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, metadata), param);
        }
        writer.dispose();
        return out.toByteArray();
    }

    private static List<Node> nodes(Node root) {
        List<Node> all = new ArrayList<>();
        all.add(root);
        for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
            all.addAll(nodes(child));
        }
        return all;
    }
}
