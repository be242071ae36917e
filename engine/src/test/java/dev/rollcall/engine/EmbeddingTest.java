package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    @Property(tries = 200)
    void storedForm_keepsSimilarity(@ForAll long seed) {
        Embedding one = random(seed);
        Embedding other = random(seed + 1);

        double stored = Embedding.fromBytes(one.toBytes()).similarity(Embedding.fromBytes(other.toBytes()));

        assertThat(one.toBytes()).hasSize(Embedding.STORED_BYTES);
        assertThat(stored).isCloseTo(one.similarity(other), offset(1e-4));
    }

    @Property(tries = 200)
    void similarity_isSymmetricAndOneToItself(@ForAll long seed) {
        Embedding one = random(seed);
        Embedding other = random(seed + 1);

        assertThat(one.similarity(other)).isEqualTo(other.similarity(one)).isBetween(-1.0, 1.0);
        assertThat(one.similarity(one)).isCloseTo(1, offset(1e-6));
    }

    @Test
    void vectorWithoutDirection_isRefused() {
        float[] broken = new float[Embedding.DIMENSIONS];
        assertThatThrownBy(() -> Embedding.normalized(broken)).isInstanceOf(IllegalArgumentException.class);
        broken[3] = Float.NaN;
        assertThatThrownBy(() -> Embedding.normalized(broken)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherSizes_areRefused() {
        assertThatThrownBy(() -> Embedding.normalized(new float[128])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Embedding.fromBytes(new byte[2048])).isInstanceOf(IllegalArgumentException.class);
    }

    private static Embedding random(long seed) {
        Random random = new Random(seed);
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }
}
