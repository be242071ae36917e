package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceEngineTest {

    private static FaceEngine engine;

    @BeforeAll
    static void open() {
        engine = new FaceEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static List<String> portraits() {
        return Portraits.NAMES;
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void portrait_isGoodEnoughToEnroll(String name) {
        assertThat(engine.analyze(Portraits.png(name), AnalysisRules.enrollment()))
                .isInstanceOf(Analysis.Accepted.class);
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void smallerRecompressedPortrait_matchesItsPersonAlone(String name) throws IOException {
        Embedding again = face(jpeg(scaled(read(name), 0.9))).embedding();

        for (String other : Portraits.NAMES) {
            double confidence = engine.calibration()
                    .confidence(again.similarity(face(Portraits.png(other)).embedding()));
            if (other.equals(name)) {
                assertThat(confidence).as("confidence to itself").isGreaterThan(0.8);
            } else {
                assertThat(confidence).as("confidence to %s", other).isLessThan(0.8);
            }
        }
    }

    @Test
    void calibrationAndTail_areThoseOfTheManifest() {
        assertThat(engine.calibration()).isEqualTo(new Calibration(10.8, 0.322));
        assertThat(engine.impostorTail()).isEqualTo(new ImpostorTail(-0.037, 0.1204));
    }

    @Test
    void pictureWithoutFace_isRefused() throws IOException {
        assertThat(reason(jpeg(new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR)), AnalysisRules.none()))
                .isEqualTo(Reason.NO_FACE);
    }

    @Test
    void onePixel_hasNoFace() throws IOException {
        assertThat(reason(jpeg(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR)), AnalysisRules.recognition()))
                .isEqualTo(Reason.NO_FACE);
    }

    @Test
    void twoPeopleSideBySide_areMultipleFaces() throws IOException {
        byte[] both = jpeg(sideBySide(read("geronimo"), read("manuel")));

        assertThat(reason(both, AnalysisRules.recognition())).isEqualTo(Reason.MULTIPLE_FACES);
        assertThat(engine.analyze(both, AnalysisRules.none())).isInstanceOf(Analysis.Accepted.class);
    }

    @Test
    void tinyFace_isLowQualityWithItsSize() throws IOException {
        Rejection rejection = rejection(jpeg(scaled(read("manuel"), 0.4)), AnalysisRules.recognition());

        assertThat(rejection.reason()).isEqualTo(Reason.LOW_QUALITY);
        assertThat(rejection.details())
                .containsEntry("reason", "FACE_TOO_SMALL")
                .containsKey("face_pixels");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void portraitWithoutItsOrientation_isTheSameFaceInPlace(int quarters) throws IOException {
        BufferedImage upright = read("manuel");
        Face before = face(jpeg(upright));
        Face after = face(jpeg(turned(upright, quarters)));

        assertThat(engine.analyze(jpeg(turned(upright, quarters)), AnalysisRules.enrollment()))
                .isInstanceOf(Analysis.Accepted.class);
        assertThat(after.embedding().similarity(before.embedding())).isGreaterThan(0.9);
        Box expected = turned(before.detection().box(), upright.getWidth(), upright.getHeight(), quarters);
        assertThat(after.detection().box().overlap(expected)).isGreaterThan(0.7f);
        double across =
                after.landmarks().rightEye().x() - after.landmarks().leftEye().x();
        double down =
                after.landmarks().rightEye().y() - after.landmarks().leftEye().y();
        assertThat(Math.toDegrees(Math.atan2(down, across)) - 90 * quarters)
                .as("the eyes lie along the turned face")
                .satisfies(difference ->
                        assertThat(Math.cos(Math.toRadians(difference))).isGreaterThan(0.9));
    }

    @Test
    void livenessUnderAnEnforcedThreshold_isSpoofSuspected() {
        AnalysisRules impossible = new AnalysisRules(QualityLevel.OFF, 0, true, LivenessMode.ENFORCE, 1.0);

        assertThat(reason(Portraits.png("frederik"), impossible)).isEqualTo(Reason.SPOOF_SUSPECTED);
    }

    @Test
    void livenessOff_givesNoScore() {
        AnalysisRules off = new AnalysisRules(QualityLevel.OFF, 0, true, LivenessMode.OFF, 0.5);

        assertThat(((Analysis.Accepted) engine.analyze(Portraits.png("frederik"), off))
                        .face()
                        .liveness())
                .isNull();
    }

    @Test
    void analysisWithHelper_equalsThatWithout() throws Exception {
        ExecutorService helper = Executors.newSingleThreadExecutor();
        try {
            for (String name : Portraits.NAMES) {
                assertThat(helped(name, helper)).as(name).isEqualTo(helped(name, Runnable::run));
                assertThat(helped(name, helper)).as(name).isEqualTo(helped(name, ignored -> {}));
                assertThat(engine.analyze(Portraits.png(name), AnalysisRules.recognition()))
                        .as(name)
                        .isEqualTo(helped(name, helper));
            }
        } finally {
            helper.shutdownNow();
        }
    }

    @Test
    void rotatedFaceWithHelper_isScoredUpright() throws Exception {
        byte[] turned = jpeg(turned(read("manuel"), 2));
        ExecutorService helper = Executors.newSingleThreadExecutor();
        try {
            Analysis alone = engine.analyze(turned, AnalysisRules.recognition());

            assertThat(engine.analyze(turned, AnalysisRules.recognition(), StageListener.NONE, helper))
                    .isEqualTo(alone);
            assertThat(alone).isInstanceOf(Analysis.Accepted.class);
        } finally {
            helper.shutdownNow();
        }
    }

    private static Analysis helped(String name, Executor helper) {
        return engine.analyze(Portraits.png(name), AnalysisRules.recognition(), StageListener.NONE, helper);
    }

    @Test
    void concurrentAnalyses_equalASingleOne() throws Exception {
        Face alone = face(Portraits.png("astronaut"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Face>> together = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                together.add(threads.submit(() -> face(Portraits.png("astronaut"))));
            }
            for (Future<Face> one : together) {
                assertThat(one.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void engineWithoutLiveness_refusesRulesThatNeedIt() {
        try (FaceEngine plain = new FaceEngine(
                new EngineOptions(25, EngineOptions.DEFAULT_PICTURE_BYTES, false, RuntimeOptions.automatic(), null))) {
            assertThat(plain.analyze(Portraits.png("manuel"), AnalysisRules.none()))
                    .isInstanceOf(Analysis.Accepted.class);
            assertThatThrownBy(() -> plain.analyze(Portraits.png("manuel"), AnalysisRules.recognition()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Face face(byte[] picture) {
        return ((Analysis.Accepted) engine.analyze(picture, AnalysisRules.none())).face();
    }

    private static Rejection rejection(byte[] picture, AnalysisRules rules) {
        return ((Analysis.Rejected) engine.analyze(picture, rules)).rejection();
    }

    private static Reason reason(byte[] picture, AnalysisRules rules) {
        return rejection(picture, rules).reason();
    }

    private static BufferedImage read(String name) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Portraits.png(name)));
    }

    private static BufferedImage scaled(BufferedImage picture, double factor) {
        int width = (int) (picture.getWidth() * factor);
        int height = (int) (picture.getHeight() * factor);
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.drawImage(picture.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage turned(BufferedImage picture, int quarters) {
        boolean swaps = quarters % 2 == 1;
        int width = swaps ? picture.getHeight() : picture.getWidth();
        int height = swaps ? picture.getWidth() : picture.getHeight();
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.translate(width / 2.0, height / 2.0);
        graphics.rotate(quarters * Math.PI / 2);
        graphics.drawImage(picture, -picture.getWidth() / 2, -picture.getHeight() / 2, null);
        graphics.dispose();
        return result;
    }

    private static Box turned(Box box, int width, int height, int quarters) {
        return switch (quarters) {
            case 1 -> new Box(height - box.bottom(), box.left(), height - box.top(), box.right());
            case 2 -> new Box(width - box.right(), height - box.bottom(), width - box.left(), height - box.top());
            default -> new Box(box.top(), width - box.right(), box.bottom(), width - box.left());
        };
    }

    private static BufferedImage sideBySide(BufferedImage left, BufferedImage right) {
        BufferedImage result = new BufferedImage(
                left.getWidth() + right.getWidth(),
                Math.max(left.getHeight(), right.getHeight()),
                BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.drawImage(left, 0, 0, null);
        graphics.drawImage(right, left.getWidth(), 0, null);
        graphics.dispose();
        return result;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", out);
        return out.toByteArray();
    }
}
