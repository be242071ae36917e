package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Box;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplerTest {

    private final Resampler resampler = new Resampler();

    @Property(tries = 200)
    void flatPicture_staysFlatAtAnySizeAndPlace(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @FloatRange(min = -30, max = 60) float left,
            @ForAll @FloatRange(min = 0.5f, max = 90) float side) {
        byte[] pixels = new byte[width * height * Image.CHANNELS];
        java.util.Arrays.fill(pixels, (byte) 200);
        Planes planes = new Planes(Planes.Channels.RGB, 16, 16, 0, 1);

        resampler.draw(new Image(width, height, pixels), new Box(left, left, left + side, left + side), planes);

        for (float value : planes.values()) {
            assertThat(value).isBetween(199.9f, 200.1f);
        }
    }

    @Test
    void shrinking_averagesTheCoveredPixels() {
        Image image = grey(4, 2, 10, 20, 30, 40, 50, 60, 70, 80);
        Planes planes = new Planes(Planes.Channels.GREY, 2, 1, 0, 1);

        resampler.draw(image, new Box(0, 0, 4, 2), planes);

        assertThat(planes.values()).containsExactly(new float[] {35, 55}, within(1e-3f));
    }

    @Property(tries = 100)
    void integerRatio_isTheMeanOfItsBlocks(
            @ForAll @IntRange(min = 2, max = 7) int factor,
            @ForAll @IntRange(min = 1, max = 9) int size,
            @ForAll long seed) {
        int side = factor * size;
        byte[] pixels = new byte[side * side * Image.CHANNELS];
        new java.util.Random(seed).nextBytes(pixels);
        Planes planes = new Planes(Planes.Channels.RGB, size, size, 0, 1);

        resampler.draw(new Image(side, side, pixels), new Box(0, 0, side, side), planes);

        double sum = 0;
        for (int y = 0; y < factor; y++) {
            for (int x = 0; x < factor; x++) {
                sum += pixels[(y * side + x) * Image.CHANNELS + Image.RED] & 0xFF;
            }
        }
        assertThat(planes.values()[0]).isCloseTo((float) (sum / factor / factor), within(0.3f));
    }

    @Test
    void enlarging_isLinearBetweenPixelCentres() {
        Image image = grey(2, 1, 0, 100);
        Planes planes = new Planes(Planes.Channels.GREY, 4, 1, 0, 1);

        resampler.draw(image, new Box(0, 0, 2, 1), planes);

        assertThat(planes.values()).containsExactly(new float[] {0, 25, 75, 100}, within(1e-3f));
    }

    @Test
    void planes_areInTheOrderAndScaleOfTheModel() {
        Image image = new Image(1, 1, new byte[] {30, 20, 10});
        Planes rgb = new Planes(Planes.Channels.RGB, 1, 1, 127, 128);
        Planes bgr = new Planes(Planes.Channels.BGR, 1, 1, 0, 1);

        resampler.draw(image, new Box(0, 0, 1, 1), rgb);
        resampler.draw(image, new Box(0, 0, 1, 1), bgr);

        assertThat(rgb.values())
                .containsExactly(new float[] {(30 - 127) / 128f, (20 - 127) / 128f, (10 - 127) / 128f}, within(1e-5f));
        assertThat(bgr.values()).containsExactly(new float[] {10, 20, 30}, within(1e-5f));
    }

    private static org.assertj.core.data.Offset<Float> within(float offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    private static Image grey(int width, int height, int... values) {
        byte[] pixels = new byte[values.length * Image.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) values[i / Image.CHANNELS];
        }
        return new Image(width, height, pixels);
    }
}
