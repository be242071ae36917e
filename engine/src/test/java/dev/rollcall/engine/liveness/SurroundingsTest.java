package dev.rollcall.engine.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.image.Decoding;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.ImageDecoder;
import dev.rollcall.engine.liveness.LivenessScorer.Crop;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The crop of liveness models, in a picture of 400×300. */
class SurroundingsTest {

    @Test
    void square_hasTheBoxHeightAsUnit() throws IOException {
        assertThat(LivenessScorer.surroundings(picture(), new Box(180, 120, 220, 180), Crop.SQUARE, 2))
                .isEqualTo(new Box(140, 90, 260, 210));
    }

    @Test
    void box_keepsItsShape() throws IOException {
        assertThat(LivenessScorer.surroundings(picture(), new Box(180, 120, 220, 180), Crop.BOX, 2))
                .isEqualTo(new Box(160, 90, 240, 210));
    }

    @Test
    void surroundings_areMovedInside() throws IOException {
        assertThat(LivenessScorer.surroundings(picture(), new Box(0, 240, 40, 300), Crop.BOX, 2))
                .isEqualTo(new Box(0, 180, 80, 300));
    }

    @Test
    void surroundingsThatAreTooLarge_getSmallerWithTheSameShape() throws IOException {
        assertThat(LivenessScorer.surroundings(picture(), new Box(150, 100, 250, 250), Crop.BOX, 4))
                .isEqualTo(new Box(100, 0, 300, 300));
        assertThat(LivenessScorer.surroundings(picture(), new Box(150, 100, 250, 250), Crop.SQUARE, 4))
                .isEqualTo(new Box(50, 0, 350, 300));
    }

    private static Image picture() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", file);
        return ((Decoding.Decoded) new ImageDecoder(1).decode(file.toByteArray())).image();
    }
}
