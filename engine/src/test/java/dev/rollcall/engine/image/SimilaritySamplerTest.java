package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class SimilaritySamplerTest {

    private final SimilaritySampler sampler = new SimilaritySampler();

    @Property(tries = 100)
    void flatPicture_staysFlatWithinIt(
            @ForAll @FloatRange(min = 0.2f, max = 6) float scale, @ForAll @FloatRange(min = -3, max = 3) float angle) {
        byte[] pixels = new byte[400 * 400 * Image.CHANNELS];
        Arrays.fill(pixels, (byte) 120);
        Planes planes = new Planes(Planes.Channels.RGB, 20, 20, 0, 1);
        float a = (float) (scale * Math.cos(angle));
        float b = (float) (scale * Math.sin(angle));

        sampler.draw(new Image(400, 400, pixels), a, b, 200 - a * 10 + b * 10, 200 - b * 10 - a * 10, planes);

        for (float value : planes.values()) {
            assertThat(value).isCloseTo(120, within(0.6f));
        }
    }

    @Property(tries = 100)
    void gradient_isSampledAtTheTargetPixel(
            @ForAll @FloatRange(min = 0.3f, max = 4) float scale, @ForAll @FloatRange(min = -3, max = 3) float angle) {
        Image slope = slope(250, 250);
        Planes planes = new Planes(Planes.Channels.RGB, 20, 20, 0, 1);
        float a = (float) (scale * Math.cos(angle));
        float b = (float) (scale * Math.sin(angle));
        float shiftX = 125 - a * 10 + b * 10;
        float shiftY = 125 - b * 10 - a * 10;

        sampler.draw(slope, a, b, shiftX, shiftY, planes);

        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 20; x++) {
                assertThat(planes.values()[y * 20 + x])
                        .as("red grows with the column")
                        .isCloseTo(a * x - b * y + shiftX, within(0.6f));
                assertThat(planes.greenAt(x, y))
                        .as("green grows with the row")
                        .isCloseTo(b * x + a * y + shiftY, within(0.6f));
            }
        }
    }

    @Test
    void outsideThePicture_isBlack() {
        byte[] pixels = new byte[10 * 10 * Image.CHANNELS];
        Arrays.fill(pixels, (byte) 255);
        Planes planes = new Planes(Planes.Channels.RGB, 4, 4, 0, 1);

        sampler.draw(new Image(10, 10, pixels), 3, 0, 500, 500, planes);
        assertThat(planes.values()).containsOnly(0);

        sampler.draw(new Image(10, 10, pixels), 1, 0, -50, -50, planes);
        assertThat(planes.values()).containsOnly(0);
    }

    private static Image slope(int width, int height) {
        byte[] pixels = new byte[width * height * Image.CHANNELS];
        for (int i = 0; i < width * height; i++) {
            pixels[i * Image.CHANNELS + Image.RED] = (byte) (i % width);
            pixels[i * Image.CHANNELS + Image.GREEN] = (byte) (i / width);
        }
        return new Image(width, height, pixels);
    }
}
