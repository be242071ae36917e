package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Point;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

class RotationTest {

    @Property(tries = 100)
    void rotatedView_isTheRotatedCopy(
            @ForAll Rotation rotation,
            @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 30) int height,
            @ForAll long seed) {
        Image view = noise(width, height, seed).rotated(rotation);
        Image copy = copied(view);

        for (int y = 0; y < copy.height(); y++) {
            for (int x = 0; x < copy.width(); x++) {
                assertThat(view.luminance(x, y)).isEqualTo(copy.luminance(x, y));
            }
        }
    }

    @Property(tries = 100)
    void resampledView_isTheResampledCopy(
            @ForAll Rotation rotation,
            @ForAll @FloatRange(min = -5, max = 20) float left,
            @ForAll @FloatRange(min = 1, max = 60) float side,
            @ForAll long seed) {
        Image view = noise(40, 25, seed).rotated(rotation);
        Planes ofView = new Planes(Planes.Channels.RGB, 9, 9, 0, 1);
        Planes ofCopy = new Planes(Planes.Channels.RGB, 9, 9, 0, 1);
        Box region = new Box(left, left, left + side, left + side);

        new Resampler().draw(view, region, ofView);
        new Resampler().draw(copied(view), region, ofCopy);

        assertThat(ofView.values()).containsExactly(ofCopy.values(), within(0.7f));
    }

    @Property(tries = 100)
    void alignedView_isTheAlignedCopy(
            @ForAll Rotation rotation,
            @ForAll @FloatRange(min = -1.4f, max = 1.4f) float a,
            @ForAll @FloatRange(min = -0.4f, max = 0.4f) float b,
            @ForAll long seed) {
        Image view = noise(40, 25, seed).rotated(rotation);
        Planes ofView = new Planes(Planes.Channels.BGR, 12, 12, 0, 1);
        Planes ofCopy = new Planes(Planes.Channels.BGR, 12, 12, 0, 1);

        new SimilaritySampler().draw(view, a, b, 12, 11, ofView);
        new SimilaritySampler().draw(copied(view), a, b, 12, 11, ofCopy);

        assertThat(ofView.values()).containsExactly(ofCopy.values(), within(1.5f));
    }

    @Property(tries = 100)
    void undo_returnsTheSamePixel(
            @ForAll Rotation rotation,
            @ForAll @IntRange(min = 0, max = 19) int x,
            @ForAll @IntRange(min = 0, max = 19) int y) {
        Image picture = noise(20, 20, 7);
        Point before = rotation.undo(new Point(x + 0.5f, y + 0.5f), 20, 20);

        assertThat(picture.luminance((int) before.x(), (int) before.y()))
                .isEqualTo(picture.rotated(rotation).luminance(x, y));
        Box box = rotation.undo(new Box(x, y, x + 1, y + 1), 20, 20);
        assertThat(box.centerX()).isCloseTo(before.x(), within(1e-4f));
        assertThat(box.centerY()).isCloseTo(before.y(), within(1e-4f));
    }

    @Property
    void fourTimesTheSameRotation_isNone(@ForAll Rotation rotation) {
        assertThat(rotation.then(rotation).then(rotation).then(rotation)).isEqualTo(Rotation.NONE);
        assertThat(Rotation.RIGHT.then(Rotation.LEFT)).isEqualTo(Rotation.NONE);
    }

    private static Image noise(int width, int height, long seed) {
        byte[] pixels = new byte[width * height * Image.CHANNELS];
        new Random(seed).nextBytes(pixels);
        return new Image(width, height, pixels);
    }

    private static Image copied(Image view) {
        byte[] pixels = new byte[view.width() * view.height() * Image.CHANNELS];
        for (int y = 0; y < view.height(); y++) {
            for (int x = 0; x < view.width(); x++) {
                System.arraycopy(view.pixels(), view.offset(x, y), pixels, (y * view.width() + x) * Image.CHANNELS, 3);
            }
        }
        return new Image(view.width(), view.height(), pixels);
    }
}
