package dev.rollcall.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Light;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.image.Resampler;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {

    private static final Box FACE = new Box(80, 70, 120, 130);

    @Test
    void light_distinguishesTheFaceFromItsSurroundings() {
        Light light = LightMeter.measure(picture(40, 220), FACE);

        assertThat(light.face()).isCloseTo(40, within(1f));
        assertThat(light.surroundings()).isCloseTo(220, within(1f));
        assertThat(light.glare()).isZero();
    }

    @Test
    void burntOutFace_hasGlare() {
        assertThat(LightMeter.measure(picture(255, 100), FACE).glare()).isEqualTo(1);
    }

    @Test
    void faceLargerThanThePicture_hasTheLightOfItsVisiblePart() {
        Light light = LightMeter.measure(picture(90, 90), new Box(-300, -300, 500, 500));

        assertThat(light.face()).isCloseTo(90, within(1f));
    }

    @Test
    void blurring_lowersSharpness() {
        byte[] pixels = new byte[112 * 112 * Image.CHANNELS];
        new Random(3).nextBytes(pixels);
        Image noise = new Image(112, 112, pixels);

        assertThat(sharpness(noise, 112)).isGreaterThan(2 * sharpness(noise, 28));
        assertThat(sharpness(noise, 28)).isGreaterThan(2 * sharpness(noise, 7));
    }

    @ParameterizedTest
    @ValueSource(floats = {0.3f, 0.6f})
    void darkening_keepsSharpness(float factor) {
        byte[] pixels = new byte[112 * 112 * Image.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(100 + 90 * Math.sin(i * 0.7));
        }
        byte[] darker = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            darker[i] = (byte) (factor * (pixels[i] & 0xFF));
        }

        assertThat(sharpness(new Image(112, 112, darker), 112))
                .isCloseTo(sharpness(new Image(112, 112, pixels), 112), within(0.1f));
    }

    @Test
    void flatPicture_hasNoSharpness() {
        assertThat(sharpness(new Image(10, 10, new byte[300]), 112)).isZero();
    }

    /** The sharpness of the picture's upper left part, drawn large. */
    private static float sharpness(Image picture, int side) {
        Planes crop = new Planes(Planes.Channels.BGR, 112, 112, 127, 128);
        new Resampler().draw(picture, new Box(0, 0, side, side), crop);
        return Sharpness.measure(crop);
    }

    private static Image picture(int face, int surroundings) {
        byte[] pixels = new byte[200 * 200 * Image.CHANNELS];
        Arrays.fill(pixels, (byte) surroundings);
        for (int y = (int) FACE.top(); y < FACE.bottom(); y++) {
            int row = (y * 200 + (int) FACE.left()) * Image.CHANNELS;
            Arrays.fill(pixels, row, row + ((int) FACE.width()) * Image.CHANNELS, (byte) face);
        }
        return new Image(200, 200, pixels);
    }
}
