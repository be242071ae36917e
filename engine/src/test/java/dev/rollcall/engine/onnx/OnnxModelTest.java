package dev.rollcall.engine.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

    private static final ModelSpec LANDMARKS = ModelSet.builtIn().landmarks();

    @Test
    void otherInputShape_isRefusedByName() {
        assertThatThrownBy(() -> OnnxModel.load(LANDMARKS, Shape.of("input", 1, 1, 96, 96), Shape.of("output", 1, 136)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("face-landmarks")
                .hasMessageContaining("input")
                .hasMessageContaining("96");
    }

    @Test
    void otherOutput_isRefusedByName() {
        assertThatThrownBy(() -> OnnxModel.load(LANDMARKS, Shape.of("input", 1, 1, 64, 64), Shape.of("points", 1, 136)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("output points");
    }
}
