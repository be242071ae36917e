package dev.rollcall.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.Portraits;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coverings that are painted on portraits. */
class CoveringMeterTest {

    @SuppressWarnings("NullAway.Init")
    private static FaceEngine engine;

    @BeforeAll
    static void open() {
        engine = new FaceEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "astronaut",
                "elizabeth",
                "felipe",
                "frederik",
                "geronimo",
                "manuel",
                "pierre",
                "segoyewatha",
                "william"
            })
    void freeFaces_areEnrolled(String name) throws IOException {
        assertThat(engine.analyze(Portraits.png(name), AnalysisRules.enrollment()))
                .isInstanceOf(Analysis.Accepted.class);
    }

    @Test
    void sunglasses_areRefusedForEnrollment_andNotForRecognition() throws IOException {
        byte[] picture = withSunglasses("astronaut");

        assertThat(reason(picture, AnalysisRules.enrollment())).isEqualTo("EYES_COVERED");
        assertThat(engine.analyze(picture, AnalysisRules.recognition())).isInstanceOf(Analysis.Accepted.class);
    }

    @Test
    void mask_isRefusedForEnrollment() throws IOException {
        assertThat(reason(withMask("astronaut"), AnalysisRules.enrollment())).isEqualTo("MOUTH_COVERED");
    }

    private static Object reason(byte[] picture, AnalysisRules rules) {
        return ((Analysis.Rejected) engine.analyze(picture, rules))
                .rejection()
                .details()
                .getOrDefault("reason", "none");
    }

    private static byte[] withSunglasses(String name) throws IOException {
        Face face = face(name);
        double unit = unit(face);
        BufferedImage picture = read(name);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(20, 18, 22));
        for (Point eye :
                new Point[] {face.landmarks().leftEye(), face.landmarks().rightEye()}) {
            graphics.fill(new Ellipse2D.Double(eye.x() - 0.42 * unit, eye.y() - 0.3 * unit, 0.84 * unit, 0.65 * unit));
        }
        return png(picture);
    }

    private static byte[] withMask(String name) throws IOException {
        Face face = face(name);
        double unit = unit(face);
        Point nose = face.landmarks().nose();
        BufferedImage picture = read(name);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(150, 190, 215));
        graphics.fill(new Ellipse2D.Double(nose.x() - unit, nose.y() - 0.1 * unit, 2 * unit, 1.5 * unit));
        return png(picture);
    }

    private static Face face(String name) throws IOException {
        return ((Analysis.Accepted) engine.analyze(Portraits.png(name), AnalysisRules.none())).face();
    }

    private static double unit(Face face) {
        Point left = face.landmarks().leftEye();
        Point right = face.landmarks().rightEye();
        return Math.hypot(right.x() - left.x(), right.y() - left.y());
    }

    private static BufferedImage read(String name) throws IOException {
        BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(Portraits.png(name)));
        BufferedImage copy = new BufferedImage(portrait.getWidth(), portrait.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy.createGraphics().drawImage(portrait, 0, 0, null);
        return copy;
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return file.toByteArray();
    }
}
