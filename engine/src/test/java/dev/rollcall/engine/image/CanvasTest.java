package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CanvasTest {

    private static final ColorSpace SRGB = ColorSpace.getInstance(ColorSpace.CS_sRGB);

    private final Canvas canvas = new Canvas();
    private final ImageDecoder decoder = new ImageDecoder(25);

    @Test
    void nextPictureOfTheSameSize_liesInTheSameMemory() {
        assertThat(canvas.picture(640, 480, SRGB)).isSameAs(canvas.picture(640, 480, SRGB));
    }

    @Test
    void pictureOfAnotherSizeOrOtherColours_hasMemoryOfItsOwn() {
        BufferedImage first = canvas.picture(640, 480, SRGB);

        assertThat(canvas.picture(480, 640, SRGB)).isNotSameAs(first);
        assertThat(canvas.picture(480, 640, ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB)))
                .isNotSameAs(canvas.picture(480, 640, SRGB));
    }

    @Test
    void memoryOfALargePicture_isNotKept() {
        BufferedImage large = canvas.picture(1334, 1000, SRGB);

        assertThat(canvas.picture(1334, 1000, SRGB)).isNotSameAs(large);
    }

    @Test
    void nothingOfThePictureBefore_isLeft() throws IOException {
        byte[] red = jpeg(Color.RED);
        byte[] checked = jpeg(Color.BLUE);
        byte[] alone = pixels(decoder.decode(checked));

        byte[] before = pixels(decoder.decode(red, canvas)).clone();
        byte[] after = pixels(decoder.decode(checked, canvas));

        assertThat(after).isEqualTo(alone).isNotEqualTo(before);
        assertThat(decoder.decode(Arrays.copyOf(red, red.length / 2), canvas)).isInstanceOf(Decoding.Refused.class);
        assertThat(pixels(decoder.decode(checked, canvas))).isEqualTo(alone);
    }

    @Test
    void clearedCanvas_isBlack() throws IOException {
        byte[] shared = pixels(decoder.decode(jpeg(Color.RED), canvas));
        assertThat(shared).isNotEqualTo(new byte[shared.length]);

        canvas.clear();

        assertThat(shared).isEqualTo(new byte[shared.length]);
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
