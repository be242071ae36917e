package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.image.PngHeader.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PngPixelsTest {

    private final ImageDecoder decoder = new ImageDecoder(25);

    @Provide
    Arbitrary<PngHeader> kinds() {
        List<PngHeader> kinds = new ArrayList<>();
        for (Color color : Color.values()) {
            for (int depth : depths(color)) {
                kinds.add(new PngHeader(1, 1, depth, color, false));
                kinds.add(new PngHeader(1, 1, depth, color, true));
            }
        }
        Arbitrary<Integer> sides = Arbitraries.integers().between(1, 21);
        return Combinators.combine(Arbitraries.of(kinds), sides, sides)
                .as((kind, width, height) ->
                        new PngHeader(width, height, kind.depth(), kind.color(), kind.interlaced()));
    }

    static int[] depths(Color color) {
        return switch (color) {
            case GREY -> new int[] {1, 2, 4, 8, 16};
            case PALETTE -> new int[] {1, 2, 4, 8};
            default -> new int[] {8, 16};
        };
    }

    @Property(tries = 300)
    void pngOfAnyKind_hasThePixelsThatWereStored(@ForAll("kinds") PngHeader kind, @ForAll long seed) {
        PngFile file = new PngFile(kind, seed);

        assertThat(pixels(file.bytes())).containsExactly(file.expected());
    }

    @Test
    void largeInterlacedPicture_isReducedToEverySecondPixel() {
        PngHeader kind = new PngHeader(1900, 1201, 16, Color.RGB_ALPHA, true);
        PngFile file = new PngFile(kind, 1);

        int[] expected = file.expected();
        int[] pixels = pixels(file.bytes());

        assertThat(pixels).hasSize(950 * 601 * 3);
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % 950;
            int y = i / 3 / 950;
            if (pixels[i] != expected[(2 * y * 1900 + 2 * x) * 3 + i % 3]) {
                assertThat(pixels[i])
                        .as("pixel %d of row %d", x, y)
                        .isEqualTo(expected[(2 * y * 1900 + 2 * x) * 3 + i % 3]);
            }
        }
    }

    @Test
    void unusualColourProfiles_areIgnored() {
        PngFile file = new PngFile(new PngHeader(9, 7, 8, Color.RGB, false), 5);
        byte[] grey = profile(ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData());
        byte[] linear =
                profile(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());

        assertThat(pixels(file.bytes(grey))).containsExactly(file.expected());
        assertThat(pixels(file.bytes(linear, grey))).containsExactly(file.expected());
        assertThat(pixels(file.bytes(profile(new byte[0])))).containsExactly(file.expected());
        assertThat(pixels(file.bytes(PngFile.chunk("iCCP", new byte[0])))).containsExactly(file.expected());
        assertThat(pixels(file.bytes(PngFile.chunk("iCCP", new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))))
                .containsExactly(file.expected());
    }

    @Test
    void transparentColour_isShownOnWhite() {
        PngFile grey = new PngFile(new PngHeader(40, 1, 1, Color.GREY, false), 5);
        byte[] blackIsTransparent = PngFile.chunk("tRNS", new byte[] {0, 0});

        assertThat(pixels(grey.bytes(blackIsTransparent))).containsOnly(255);
    }

    @Test
    void transparentPaletteEntry_isShownOnWhite() {
        PngFile file = new PngFile(new PngHeader(40, 1, 1, Color.PALETTE, false), 5);
        byte[] bothAreTransparent = PngFile.chunk("tRNS", new byte[] {0, 0});

        assertThat(pixels(file.bytes(bothAreTransparent))).containsOnly(255);
    }

    @Test
    void wrongChecksumOfImageData_isDamage() {
        byte[] file = new PngFile(new PngHeader(9, 7, 8, Color.RGB, false), 5).bytes();
        file[file.length - 13]++;

        assertThat(((Decoding.Refused) decoder.decode(file)).rejection().reason())
                .isEqualTo(Reason.INVALID_IMAGE);
    }

    @Test
    void pictureWithoutEndChunk_isComplete() {
        PngFile file = new PngFile(new PngHeader(9, 7, 8, Color.RGB, false), 5);
        byte[] bytes = file.bytes();

        assertThat(pixels(Arrays.copyOf(bytes, bytes.length - 12))).containsExactly(file.expected());
    }

    private int[] pixels(byte[] file) {
        byte[] pixels = ((Decoding.Decoded) decoder.decode(file)).image().pixels();
        int[] values = new int[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xFF;
        }
        return values;
    }

    private static byte[] profile(byte[] icc) {
        Deflater deflater = new Deflater();
        deflater.setInput(icc);
        deflater.finish();
        byte[] deflated = new byte[icc.length + 100];
        int length = deflater.deflate(deflated);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'p', 0, 0});
        out.write(deflated, 0, length);
        return PngFile.chunk("iCCP", out.toByteArray());
    }
}
