package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PixelBufferTest {

    private final PictureMemory memory = new PictureMemory(32 << 20);
    private final PixelBuffer buffer = new PixelBuffer(memory);
    private final ImageDecoder decoder = new ImageDecoder(25);

    @Test
    void nextPictureOfTheSameSize_usesTheSameArray() {
        byte[] first = buffer.pixels(640, 480);
        buffer.clear();

        assertThat(buffer.pixels(640, 480)).isSameAs(first);
    }

    @Test
    void smallerPicture_usesTheArrayOfThePreviousLargerOne() {
        byte[] first = buffer.pixels(1920, 1080);
        buffer.clear();

        assertThat(buffer.pixels(640, 481)).isSameAs(first);
        assertThat(buffer.pixels(1920, 1081)).isNotSameAs(first).hasSize(1920 * 1081 * 3);
    }

    @Test
    void smallerPictureInALargerArray_isTheSamePicture() throws IOException {
        byte[] file = jpeg(Color.RED);
        Image alone = ((Decoding.Decoded) decoder.decode(file)).image();
        buffer.pixels(200, 200);
        buffer.clear();

        Image shared = ((Decoding.Decoded) decoder.decode(file, buffer)).image();

        assertThat(shared.pixels()).hasSize(200 * 200 * 3).startsWith(alone.pixels());
        for (ExifOrientation orientation : ExifOrientation.values()) {
            Image one = orientation.upright(64, 48, alone.pixels().clone());
            Image other = orientation.upright(64, 48, shared.pixels().clone());
            assertThat(other.luminance(5, 7)).isEqualTo(one.luminance(5, 7));
            assertThat(other.luminance(40, 30)).isEqualTo(one.luminance(40, 30));
        }
    }

    @Test
    void allBuffersTogether_keepNoMoreThanTheirShare() {
        List<PixelBuffer> many = new ArrayList<>();
        int kept = 0;
        for (int i = 0; i < 256; i++) {
            PixelBuffer one = new PixelBuffer(memory);
            byte[] pixels = one.pixels(1280, 720);
            one.clear();
            kept += one.pixels(1280, 720) == pixels ? pixels.length : 0;
            many.add(one);
        }

        assertThat(kept).isPositive().isLessThanOrEqualTo((int) PictureMemory.MAX_KEPT_BYTES);
        many.forEach(PixelBuffer::discard);
        assertThat(memory.keep(PictureMemory.MAX_KEPT_BYTES)).isTrue();
    }

    @Test
    void clearedBuffer_hasGivenBackItsMemory() throws IOException {
        decoder.decode(jpeg(Color.RED), buffer);
        assertThat(memory.available()).isLessThan(memory.total());

        buffer.clear();

        assertThat(memory.available()).isEqualTo(memory.total());
        buffer.clear();
        buffer.discard();
        assertThat(memory.available()).isEqualTo(memory.total());
    }

    @Test
    void nothingOfThePreviousPicture_isLeft() throws IOException {
        byte[] red = jpeg(Color.RED);
        byte[] checked = jpeg(Color.BLUE);
        byte[] alone = pixels(decoder.decode(checked));

        byte[] before = pixels(decoder.decode(red, buffer)).clone();
        byte[] after = pixels(decoder.decode(checked, buffer));

        assertThat(after).isEqualTo(alone).isNotEqualTo(before);
        assertThat(decoder.decode(Arrays.copyOf(red, red.length / 2), buffer)).isInstanceOf(Decoding.Refused.class);
        assertThat(pixels(decoder.decode(checked, buffer))).isEqualTo(alone);
    }

    @Test
    void clearedBuffer_isBlack() throws IOException {
        byte[] shared = pixels(decoder.decode(jpeg(Color.RED), buffer));
        assertThat(shared).isNotEqualTo(new byte[shared.length]);

        buffer.clear();

        assertThat(shared).isEqualTo(new byte[shared.length]);
    }

    @Test
    void whatTheUseOfAPictureTakes_isTakenFromTheBudgetWithIt() throws IOException {
        byte[] file = jpeg(Color.RED);
        decoder.decode(file, buffer);
        long alone = memory.available();
        buffer.clear();
        int perPixel = 10;

        new ImageDecoder(25, perPixel).decode(file, buffer);

        assertThat(alone - memory.available()).isEqualTo(64L * 48 * perPixel);
        buffer.clear();
        assertThat(memory.available()).isEqualTo(memory.total());
        assertThat(new ImageDecoder(25, 32 << 20).decode(file, buffer)).isInstanceOf(Decoding.Refused.class);
    }

    private static byte[] pixels(Decoding decoding) {
        return ((Decoding.Decoded) decoding).image().pixels();
    }

    private static byte[] jpeg(Color color) throws IOException {
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 64, 48);
        graphics.setColor(Color.WHITE);
        graphics.drawLine(3, 5, 60, 40);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", bytes);
        return bytes.toByteArray();
    }
}
