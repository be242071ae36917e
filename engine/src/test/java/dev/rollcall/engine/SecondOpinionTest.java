package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.engine.Liveness.ModelScore;
import dev.rollcall.engine.RuntimeOptions.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two models of Silent-Face beside the built-in one, as docs/models.md installs them. Skipped where they are missing. */
class SecondOpinionTest {

    private static final Path SHARED = Path.of("..", "..", "shared");
    private static final String V2 = "2.7_80x80_MiniFASNetV2.onnx";
    private static final String V1SE = "4_0_0_80x80_MiniFASNetV1SE.onnx";

    @TempDir
    private Path folder;

    @BeforeEach
    void install() throws IOException {
        assumeThat(SHARED.resolve("models")).isDirectory();
        assumeThat(SHARED.resolve("attacks")).isDirectory();
        Files.copy(SHARED.resolve("models").resolve(V2), folder.resolve(V2));
        Files.copy(SHARED.resolve("models").resolve(V1SE), folder.resolve(V1SE));
        Files.copy(Path.of("..", "docs", "silent-face.properties"), folder.resolve("models.properties"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Choice.class,
            names = {"NATIVE", "JAVA"})
    void livingFaceBeforeAWebcam_isAboveItsPrint(Choice choice) throws IOException {
        RuntimeOptions runtime = new RuntimeOptions(choice, null);
        try (FaceEngine engine =
                new FaceEngine(new EngineOptions(25, EngineOptions.DEFAULT_PICTURE_BYTES, true, runtime, folder))) {
            Liveness living = liveness(engine, first("live/print-0003"));
            Liveness print = liveness(engine, first("spoof/print-0003"));

            assertThat(living.models())
                    .extracting(ModelScore::model)
                    .containsExactly("liveness", "liveness-v1se", "liveness-v2");
            assertThat(living.models()).allMatch(model -> model.score() > 0.5);
            assertThat(print.models()).allMatch(model -> model.score() < 0.3);
            assertThat(living.live()).isTrue();
            assertThat(print.live()).isFalse();
        }
    }

    private static Liveness liveness(FaceEngine engine, Path picture) throws IOException {
        Analysis analysis = engine.analyze(Files.readAllBytes(picture), AnalysisRules.recognition());
        return Objects.requireNonNull(((Analysis.Accepted) analysis).face().liveness());
    }

    private static Path first(String name) throws IOException {
        try (Stream<Path> files = Files.list(SHARED.resolve("attacks").resolve(name))) {
            return List.copyOf(files.sorted().toList()).get(0);
        }
    }
}
