package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.engine.RuntimeOptions.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The models computed by Java agree with ONNX Runtime's results; {@code bench agreement} prints the figures of many pictures. */
class RuntimeAgreementTest {

    private static final Path LFW = Path.of("../../shared/lfw/images");
    private static final int EACH = 60;

    private static final double LEAST_COSINE = 0.9999;
    private static final float MOST_PIXELS = 0.01f;
    private static final float MOST_SCORE = 1e-4f;

    private static FaceEngine byLibrary;
    private static FaceEngine byJava;

    @BeforeAll
    static void open() {
        byLibrary = open(Choice.NATIVE);
        byJava = open(Choice.JAVA);
    }

    private static FaceEngine open(Choice choice) {
        return new FaceEngine(new EngineOptions(
                25, EngineOptions.DEFAULT_PICTURE_BYTES, true, new RuntimeOptions(choice, null), null));
    }

    @AfterAll
    static void close() {
        byLibrary.close();
        byJava.close();
    }

    @Test
    void runtime_isTheOneThatWasChosen() {
        assertThat(byLibrary.runtime()).isEqualTo(new EngineRuntime(EngineRuntime.Kind.NATIVE, null));
        assertThat(byJava.runtime()).isEqualTo(new EngineRuntime(EngineRuntime.Kind.JAVA, null));
        assertThat(byJava.modelId()).isEqualTo(byLibrary.modelId());
    }

    static Stream<String> portraits() {
        return Portraits.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void portrait_hasTheSameFace(String name) {
        assertSame(name, Portraits.png(name));
    }

    @Test
    void picturesOfLfw_haveTheSameFaces() throws IOException {
        assumeTrue(Files.isDirectory(LFW), "there is no " + LFW);
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(LFW, 2)) {
            files.filter(file -> file.toString().endsWith(".jpg")).sorted().forEach(all::add);
        }
        for (int i = 0; i < all.size(); i += EACH) {
            assertSame(all.get(i).getFileName().toString(), Files.readAllBytes(all.get(i)));
        }
    }

    private static void assertSame(String name, byte[] picture) {
        AnalysisRules rules = new AnalysisRules(
                AnalysisRules.QualityLevel.OFF,
                0,
                false,
                AnalysisRules.LivenessMode.MONITOR,
                AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);
        Analysis expected = byLibrary.analyze(picture, rules);
        Analysis actual = byJava.analyze(picture, rules);
        if (expected instanceof Analysis.Rejected) {
            assertThat(actual).as(name).isEqualTo(expected);
            return;
        }
        assertSame(name, ((Analysis.Accepted) actual).face(), ((Analysis.Accepted) expected).face());
    }

    private static void assertSame(String name, Face actual, Face expected) {
        assertThat(actual.embedding().similarity(expected.embedding())).as(name).isGreaterThanOrEqualTo(LEAST_COSINE);
        Box box = actual.detection().box();
        Box wanted = expected.detection().box();
        assertThat(Math.abs(box.left() - wanted.left())).as(name).isLessThan(MOST_PIXELS);
        assertThat(Math.abs(box.bottom() - wanted.bottom())).as(name).isLessThan(MOST_PIXELS);
        assertThat(Math.abs(actual.detection().score() - expected.detection().score()))
                .as(name)
                .isLessThan(MOST_SCORE);
        for (int i = 0; i < expected.landmarks().points().size(); i++) {
            Point point = actual.landmarks().points().get(i);
            Point other = expected.landmarks().points().get(i);
            assertThat(Math.hypot(point.x() - other.x(), point.y() - other.y()))
                    .as(name)
                    .isLessThan(MOST_PIXELS);
        }
        assertThat(Math.abs(liveness(actual) - liveness(expected))).as(name).isLessThan(MOST_SCORE);
    }

    private static double liveness(Face face) {
        return Objects.requireNonNull(face.liveness()).score();
    }
}
