package dev.rollcall.engine.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.RuntimeOptions.Choice;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxModelTest {

    private static final ModelSpec LANDMARKS = ModelSet.builtIn().landmarks();

    @ParameterizedTest
    @EnumSource(
            value = Choice.class,
            names = {"NATIVE", "JAVA"})
    void otherInputShape_isRefusedByName(Choice choice) {
        assertThatThrownBy(() -> load(choice, Shape.of("input", 1, 1, 96, 96), Shape.of("output", 1, 136)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("face-landmarks")
                .hasMessageContaining("input")
                .hasMessageContaining("96");
    }

    @ParameterizedTest
    @EnumSource(
            value = Choice.class,
            names = {"NATIVE", "JAVA"})
    void otherOutput_isRefusedByName(Choice choice) {
        assertThatThrownBy(() -> load(choice, Shape.of("input", 1, 1, 64, 64), Shape.of("points", 1, 136)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("output points");
    }

    private static OnnxModel load(Choice choice, Shape input, Shape output) {
        return OnnxModel.load(Runtimes.runtime(choice), LANDMARKS, input, output);
    }
}
