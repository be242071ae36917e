package dev.rollcall.engine.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Portraits;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several pictures of one moment. */
class MomentTest {

    private static final Path MOTION = Path.of("..", "..", "shared", "motion");
    private static final double ALL = Double.MAX_VALUE;

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

    @Test
    void onePicture_keepsItsScore() throws IOException {
        Face face = face(Portraits.png("astronaut"));

        assertThat(FaceEngine.liveness(List.of(face))).contains(face.liveness());
        assertThat(FaceEngine.liveness(List.of(face.withLiveness(null)))).isEmpty();
    }

    @Test
    void sameFileAgain_isNotAlive() throws IOException {
        Face face = face(Portraits.png("astronaut"));

        Liveness liveness = FaceEngine.liveness(List.of(face, face, face)).orElseThrow();

        assertThat(liveness.score()).isZero();
        assertThat(liveness.live()).isFalse();
    }

    @Test
    void onePictureMovedTurnedAndEnlarged_isNotAlive() throws IOException {
        byte[] portrait = large("astronaut", 0, 0, 0, 1);
        List<Face> faces = List.of(
                face(portrait),
                face(large("astronaut", 9.3, 4.2, 3, 1.05f)),
                face(large("astronaut", -6, 2, -2, 0.9f)));

        assertThat(Moment.change(faces, ALL).orElseThrow()).isLessThan(Moment.LEAST_CHANGE);
        assertThat(FaceEngine.liveness(faces).orElseThrow().score()).isZero();
    }

    @Test
    void differentPictures_haveTheLowerMedianOfTheirScores() throws IOException {
        Face one = face(Portraits.png("astronaut")).withLiveness(new Liveness(0.9, 0.3));
        Face two = face(Portraits.png("manuel")).withLiveness(new Liveness(0.2, 0.3));
        Face three = face(Portraits.png("geronimo")).withLiveness(new Liveness(0.5, 0.3));

        assertThat(Moment.change(List.of(one, two), ALL).orElseThrow()).isGreaterThan(0.05);
        assertThat(score(one, two, three)).isCloseTo(0.5, within(1e-9));
        assertThat(score(one, two)).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void facesThatWereNotKept_areNotCalledStill() throws IOException {
        Face face = face(Portraits.png("astronaut"));
        Face unknown =
                new Face(face.detection(), face.landmarks(), face.embedding(), face.quality(), face.liveness(), null);

        assertThat(Moment.change(List.of(unknown, unknown), ALL)).isEmpty();
        assertThat(score(unknown, unknown)).isGreaterThan(0);
    }

    @Test
    void framesOfALivingPerson_areAlive() throws IOException {
        assumeThat(MOTION).isDirectory();
        List<Face> faces = new ArrayList<>();
        for (String frame : List.of("0003", "0012", "0021")) {
            faces.add(face(Files.readAllBytes(MOTION.resolve("tranvanluyt_real").resolve(frame + ".jpg"))));
        }

        assertThat(Moment.change(faces, ALL).orElseThrow()).isGreaterThan(Moment.LEAST_CHANGE);
        assertThat(FaceEngine.liveness(faces).orElseThrow().live()).isTrue();
    }

    private static double score(Face... faces) {
        return FaceEngine.liveness(List.of(faces)).orElseThrow().score();
    }

    private static Face face(byte[] picture) {
        AnalysisRules rules = AnalysisRules.none().withLiveness(AnalysisRules.LivenessMode.MONITOR);
        return ((Analysis.Accepted) engine.analyze(picture, rules)).face();
    }

    /** A portrait, enlarged so that its face is as high as before a kiosk, then moved, turned by degrees, brighter or darker. */
    private static byte[] large(String name, double right, double down, double degrees, float brighter)
            throws IOException {
        BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(Portraits.png(name)));
        BufferedImage out =
                new BufferedImage(3 * portrait.getWidth(), 3 * portrait.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.translate(right, down);
        graphics.rotate(Math.toRadians(degrees), out.getWidth() / 2.0, out.getHeight() / 2.0);
        graphics.drawImage(portrait, 0, 0, out.getWidth(), out.getHeight(), null);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new RescaleOp(brighter, 0, null).filter(out, null), "jpg", file);
        return file.toByteArray();
    }
}
