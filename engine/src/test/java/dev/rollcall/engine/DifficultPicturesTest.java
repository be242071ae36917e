package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One portrait, 512×512 with a face of some 110 pixels, as phones and kiosks may see it. */
class DifficultPicturesTest {

    private static FaceEngine engine;
    private static BufferedImage portrait;
    private static Face known;

    @BeforeAll
    static void open() throws IOException {
        engine = new FaceEngine();
        portrait = ImageIO.read(new ByteArrayInputStream(Portraits.png("astronaut")));
        known = accepted(portrait, AnalysisRules.enrollment());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"640, 480", "480, 640", "1280, 720", "1080, 1920", "600, 600", "4000, 3000", "300, 1200"})
    void pictureOfAnyFormat_showsTheSamePerson(int width, int height) throws IOException {
        double scale = Math.min(width, height) / 512.0;
        BufferedImage picture = draw(width, height, graphics -> {
            graphics.translate((width - 512 * scale) / 2, (height - 512 * scale) / 2);
            graphics.scale(scale, scale);
            graphics.drawImage(portrait, 0, 0, null);
        });

        assertThat(confidence(accepted(picture, AnalysisRules.recognition()))).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 0.7, 2, 4, 6})
    void faceOfAnySize_isTheSamePerson(double scale) throws IOException {
        BufferedImage picture = draw(640, 640, graphics -> {
            graphics.translate(320 - 223 * scale, 320 - 118 * scale);
            graphics.scale(scale, scale);
            graphics.drawImage(portrait, 0, 0, null);
        });

        assertThat(confidence(accepted(picture, AnalysisRules.recognition()))).isGreaterThan(0.8);
    }

    @Test
    void smallFaceInTheBackground_isIgnored() throws IOException {
        BufferedImage picture = draw(800, 512, graphics -> {
            graphics.drawImage(portrait, 0, 0, null);
            graphics.translate(560, 50);
            graphics.scale(0.45, 0.45);
            graphics.drawImage(portrait, 0, 0, null);
        });

        assertThat(confidence(accepted(picture, AnalysisRules.recognition()))).isGreaterThan(0.9);
    }

    @Test
    void secondFaceOfTheSameSize_isMultipleFaces() throws IOException {
        BufferedImage picture = draw(1024, 512, graphics -> {
            graphics.drawImage(portrait, 0, 0, null);
            graphics.drawImage(portrait, 512, 0, null);
        });

        assertThat(rejected(picture, AnalysisRules.recognition()).reason()).isEqualTo(Reason.MULTIPLE_FACES);
    }

    @Test
    void darkFace_isRefusedForItsDarkness() throws IOException {
        assertThat(reason(new RescaleOp(0.1f, 0, null).filter(portrait, null))).isEqualTo("TOO_DARK");
    }

    @Test
    void burntOutFace_isRefusedForItsBrightness() throws IOException {
        assertThat(reason(new RescaleOp(1.9f, 60, null).filter(portrait, null))).isEqualTo("TOO_BRIGHT");
    }

    @Test
    void darkFaceAgainstTheLight_isRefusedAsBacklit() throws IOException {
        BufferedImage dark = new RescaleOp(0.2f, 0, null).filter(portrait, null);
        BufferedImage picture = draw(512, 512, graphics -> {
            graphics.drawImage(dark, 0, 0, null);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, 150, 512);
            graphics.fillRect(295, 0, 217, 512);
            graphics.fillRect(0, 0, 512, 40);
        });

        assertThat(reason(picture)).isEqualTo("BACKLIT");
    }

    @Test
    void blurredFace_isRefusedForItsBlur() throws IOException {
        float[] mean = new float[15 * 15];
        Arrays.fill(mean, 1f / mean.length);

        assertThat(reason(new ConvolveOp(new Kernel(15, 15, mean)).filter(portrait, null)))
                .isEqualTo("BLURRED");
    }

    @Test
    void faceCutInHalf_isRefusedAsCutOff() throws IOException {
        assertThat(reason(portrait.getSubimage(0, 0, 226, 512))).isEqualTo("FACE_CUT_OFF");
    }

    @ParameterizedTest
    @CsvSource({"0, 352, 160", "0, 312, 200", "300, 200, 200", "100, 230, 256"})
    void partWithoutAFace_hasNoFaceInAnyRotation(int left, int top, int side) throws IOException {
        BufferedImage part = portrait.getSubimage(left, top, side, side);

        assertThat(rejected(part, AnalysisRules.none()).reason()).isEqualTo(Reason.NO_FACE);
    }

    @Test
    void qualityOff_refusesNoneOfThese() throws IOException {
        AnalysisRules off = new AnalysisRules(QualityLevel.OFF, 0, true, LivenessMode.OFF, 0.5);

        assertThat(analysis(portrait.getSubimage(0, 0, 226, 512), off)).isInstanceOf(Analysis.Accepted.class);
    }

    @Test
    void measuredQuality_isThatOfThePicture() {
        Quality quality = known.quality();

        assertThat(quality.extent().facePixels()).isBetween(95f, 125f);
        assertThat(quality.extent().visible()).isEqualTo(1);
        assertThat(quality.pose().yaw()).isBetween(-15f, 15f);
        assertThat(quality.pose().roll()).isBetween(-10f, 10f);
        assertThat(quality.light().face()).isBetween(120f, 220f);
        assertThat(quality.sharpness()).isGreaterThan(0.03f);
    }

    private static double confidence(Face face) {
        return engine.calibration().confidence(face.embedding().similarity(known.embedding()));
    }

    private static Face accepted(BufferedImage picture, AnalysisRules rules) throws IOException {
        Analysis analysis = analysis(picture, rules);
        assertThat(analysis).isInstanceOf(Analysis.Accepted.class);
        return ((Analysis.Accepted) analysis).face();
    }

    private static Rejection rejected(BufferedImage picture, AnalysisRules rules) throws IOException {
        Analysis analysis = analysis(picture, rules);
        assertThat(analysis).isInstanceOf(Analysis.Rejected.class);
        return ((Analysis.Rejected) analysis).rejection();
    }

    private static Object reason(BufferedImage picture) throws IOException {
        Rejection rejection = rejected(picture, AnalysisRules.enrollment());
        assertThat(rejection.reason()).isEqualTo(Reason.LOW_QUALITY);
        return rejection.details().getOrDefault("reason", "none");
    }

    private static Analysis analysis(BufferedImage picture, AnalysisRules rules) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return engine.analyze(out.toByteArray(), rules);
    }

    private static BufferedImage draw(int width, int height, Consumer<Graphics2D> drawing) {
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, width, height);
        drawing.accept(graphics);
        graphics.dispose();
        return result;
    }
}
