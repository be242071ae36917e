package dev.rollcall.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.engine.RuntimeOptions.Choice;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of operator set 17: Silent-Face's, which an operator may bring as a second opinion about liveness. */
class OperatorSetTest {

    private static final Path MODELS = Path.of("..", "..", "shared", "models");
    private static final int SIDE = 80;

    @ParameterizedTest
    @ValueSource(strings = {"2.7_80x80_MiniFASNetV2.onnx", "4_0_0_80x80_MiniFASNetV1SE.onnx"})
    void modelOfOperatorSet17_hasTheResultsOfOnnxRuntime(String name) throws IOException {
        Path path = MODELS.resolve(name);
        assumeThat(path).exists();
        byte[] file = Files.readAllBytes(path);
        Random random = new Random(17);
        for (int i = 0; i < 5; i++) {
            float[] input = new float[3 * SIDE * SIDE];
            for (int j = 0; j < input.length; j++) {
                input[j] = random.nextInt(256);
            }
            float[] expected = run(Choice.NATIVE, file, input);
            assertThat(run(Choice.JAVA, file, input)).containsExactly(expected, within(2e-5f));
        }
    }

    private static float[] run(Choice choice, byte[] file, float[] input) {
        float[] result = new float[3];
        try (ModelSession session = Runtimes.runtime(choice).open("test", file);
                ModelSession.Binding binding =
                        session.bind(Shape.of("input", 1, 3, SIDE, SIDE), List.of(Shape.of("output", 1, 3)))) {
            binding.fill(input);
            binding.run(List.of(result), OnnxModel.NO_HELPER);
        }
        return result;
    }
}
