package dev.rollcall.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.image.Image;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaceDetectorTest {

    @Test
    void overlappingCandidates_leaveTheOneOfHighestScore() {
        DetectedFace sure = new DetectedFace(new Box(0, 0, 10, 10), 0.9f);
        DetectedFace same = new DetectedFace(new Box(1, 1, 11, 11), 0.8f);
        DetectedFace other = new DetectedFace(new Box(30, 0, 40, 10), 0.7f);

        assertThat(FaceDetector.nonMaximumSuppressed(List.of(same, other, sure)))
                .containsExactly(sure, other);
    }

    @Test
    void offCentreFaceOfHighScore_isMoreProminentThanACentralOneOfLowScore() {
        Image image = new Image(207, 270, new byte[207 * 270 * Image.CHANNELS]);

        assertThat(FaceDetector.prominence(new DetectedFace(new Box(100, 22, 131, 65), 0.99f), image))
                .isGreaterThan(FaceDetector.prominence(new DetectedFace(new Box(132, 86, 159, 124), 0.7f), image));
    }

    @Test
    void centralFace_isMoreProminentThanALargerOneAtTheBorder() {
        Image image = new Image(250, 250, new byte[250 * 250 * Image.CHANNELS]);

        assertThat(FaceDetector.prominence(new DetectedFace(new Box(80, 60, 170, 190), 1), image))
                .isGreaterThan(FaceDetector.prominence(new DetectedFace(new Box(0, 10, 85, 170), 1), image));
    }
}
