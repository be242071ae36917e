package dev.rollcall.engine.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateChoice.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TemplateChoiceTest {

    private static final float GOOD = 3.5f;
    private static final float SLIGHTLY_BETTER = GOOD + TemplateChoice.CLEARLY_BETTER / 2;
    private static final float CLEARLY_BETTER = GOOD + TemplateChoice.CLEARLY_BETTER * 2;

    @Test
    void olderOfTheTwoMostSimilar_givesWay() {
        assertThat(choice(at(90, CLEARLY_BETTER), at(0, GOOD), at(10, GOOD), at(45, GOOD)))
                .isEqualTo(1);
        assertThat(choice(at(90, GOOD), at(0, SLIGHTLY_BETTER), at(10, GOOD), at(45, GOOD)))
                .isEqualTo(1);
    }

    @Test
    void newerOfTheTwoMostSimilar_givesWayToAClearlyBetterOne() {
        assertThat(choice(at(90, GOOD), at(0, CLEARLY_BETTER), at(10, GOOD), at(45, GOOD)))
                .isEqualTo(2);
    }

    @Test
    void newest_staysHoweverPoorItIs() {
        assertThat(choice(at(90, GOOD), at(0, CLEARLY_BETTER), at(5, 2.7f))).isEqualTo(1);
    }

    @Property(tries = 200)
    void choice_isNeverTheNewest(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int size) {
        Random random = new Random(seed);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            candidates.add(at(random.nextInt(360), 3 + random.nextFloat()));
        }

        assertThat(TemplateChoice.leastUseful(candidates)).isBetween(0, size - 2);
    }

    @Test
    void oneTemplate_isNoChoice() {
        assertThatThrownBy(() -> choice(at(0, GOOD))).isInstanceOf(IllegalArgumentException.class);
    }

    private static int choice(Candidate... candidates) {
        return TemplateChoice.leastUseful(List.of(candidates));
    }

    /** An embedding in a direction of the plane, in degrees. */
    private static Candidate at(double degrees, float quality) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[0] = (float) Math.cos(Math.toRadians(degrees));
        vector[1] = (float) Math.sin(Math.toRadians(degrees));
        return new Candidate(Embedding.normalized(vector), quality);
    }
}
