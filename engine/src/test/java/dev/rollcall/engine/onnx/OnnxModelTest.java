package dev.rollcall.engine.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.onnx.OnnxModel.Shape;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

    @Test
    void damagedFile_isRefusedByNameAndHash() {
        ModelFile file = new ModelFile("face-landmarks", "00".repeat(32));

        assertThatThrownBy(() -> OnnxModel.load(file, Shape.of("input", 1, 1, 64, 64)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("face-landmarks")
                .hasMessageContaining("f10b0ba1");
    }

    @Test
    void missingFile_isRefusedByName() {
        assertThatThrownBy(() -> OnnxModel.load(new ModelFile("face-mask", "00"), Shape.of("input", 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("face-mask is missing");
    }

    @Test
    void otherInputShape_isRefusedByName() {
        assertThatThrownBy(() -> OnnxModel.load(
                        ModelFile.FACE_LANDMARKS, Shape.of("input", 1, 1, 96, 96), Shape.of("output", 1, 136)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("face-landmarks")
                .hasMessageContaining("input")
                .hasMessageContaining("96");
    }

    @Test
    void otherOutput_isRefusedByName() {
        assertThatThrownBy(() -> OnnxModel.load(
                        ModelFile.FACE_LANDMARKS, Shape.of("input", 1, 1, 64, 64), Shape.of("points", 1, 136)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("output points");
    }
}
