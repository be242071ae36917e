package dev.rollcall.engine.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TemplateIndexTest {

    private final Random random = new Random(7);
    private final Map<Integer, List<Embedding>> owners = new HashMap<>();

    @Test
    void emptyIndex_findsNobody() {
        try (TemplateIndex index = new TemplateIndex()) {
            assertThat(index.nearest(face(), 3, TemplateIndexTest::everybody)).isEmpty();
            assertThat(index.reservedBytes()).isZero();
        }
    }

    /** Families of similar faces, so that many templates are close to the best. */
    @Test
    void search_agreesWithTheExhaustiveOne() {
        try (TemplateIndex index = new TemplateIndex()) {
            for (int family = 0; family < 50; family++) {
                Embedding ancestor = face();
                for (int owner = family * 60; owner < family * 60 + 60; owner++) {
                    add(index, owner, near(ancestor, 0.9f));
                    add(index, owner, near(ancestor, 0.9f));
                }
            }
            for (int i = 0; i < 100; i++) {
                Embedding template = templates(random.nextInt(owners.size())).get(0);
                Embedding face = i % 2 == 0 ? near(template, 0.5f) : face();
                IntPredicate eligible = i % 3 == 0 ? owner -> owner % 7 != 0 : TemplateIndexTest::everybody;

                List<Nearest> found = index.nearest(face, 4, eligible);

                assertThat(found).extracting(Nearest::owner).containsExactlyElementsOf(exhaustive(face, 4, eligible));
                assertThat(found.get(0).similarity())
                        .isEqualTo(best(face, found.get(0).owner()));
            }
        }
    }

    @Test
    void removedTemplates_areFoundNoMoreAndTheirPlacesAreUsedAgain() {
        try (TemplateIndex index = new TemplateIndex()) {
            List<Integer> slots = new ArrayList<>();
            for (int owner = 0; owner < 1_000; owner++) {
                slots.add(add(index, owner, face()));
            }
            long reserved = index.reservedBytes();
            Embedding of500 = templates(500).get(0);
            assertThat(index.nearest(of500, 1, TemplateIndexTest::everybody)
                            .get(0)
                            .owner())
                    .isEqualTo(500);

            index.remove(slots.get(500));

            assertThat(index.size()).isEqualTo(999);
            assertThat(index.nearest(of500, 1, TemplateIndexTest::everybody)
                            .get(0)
                            .owner())
                    .isNotEqualTo(500);
            assertThat(index.add(2_000, of500)).isEqualTo(slots.get(500));
            assertThat(index.nearest(of500, 1, TemplateIndexTest::everybody)
                            .get(0)
                            .owner())
                    .isEqualTo(2_000);
            assertThat(index.reservedBytes()).isEqualTo(reserved);
            assertThatThrownBy(() -> index.remove(1_020)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ownerOfSeveralTemplates_isListedOnceWithTheMostSimilar() {
        try (TemplateIndex index = new TemplateIndex()) {
            Embedding face = face();
            index.add(1, near(face, 0.4f));
            index.add(1, face);
            index.add(2, near(face, 0.8f));

            List<Nearest> found = index.nearest(face, 5, TemplateIndexTest::everybody);

            assertThat(found).extracting(Nearest::owner).containsExactly(1, 2);
            assertThat(found.get(0).similarity()).isCloseTo(1, Offset.offset(1e-4));
        }
    }

    @Test
    void memory_isAtMostSixteenHundredBytesATemplate() {
        try (TemplateIndex index = new TemplateIndex()) {
            Embedding face = face();
            for (int i = 0; i < 10_000; i++) {
                index.add(i, face);
                assertThat(index.reservedBytes()).isLessThanOrEqualTo((i + 1 + 1_536L) * TemplateIndex.BYTES_EACH);
            }
            assertThat(index.reservedBytes() / 10_000).isLessThanOrEqualTo(1_600);
        }
    }

    private int add(TemplateIndex index, int owner, Embedding template) {
        owners.computeIfAbsent(owner, unused -> new ArrayList<>()).add(Embedding.fromBytes(template.toBytes()));
        return index.add(owner, template);
    }

    private List<Integer> exhaustive(Embedding face, int most, IntPredicate eligible) {
        Map<Integer, Double> similarities = new HashMap<>();
        owners.keySet().stream().filter(eligible::test).forEach(owner -> similarities.put(owner, best(face, owner)));
        return similarities.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private double best(Embedding face, int owner) {
        return templates(owner).stream().mapToDouble(face::similarity).max().orElseThrow();
    }

    private List<Embedding> templates(int owner) {
        return owners.getOrDefault(owner, List.of());
    }

    private static boolean everybody(int owner) {
        return owner >= 0;
    }

    private Embedding face() {
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }

    /** A face of about the given similarity to another. */
    private Embedding near(Embedding face, float similarity) {
        float[] components = face.components();
        float[] other = face().components();
        float rest = (float) Math.sqrt(1 - similarity * similarity);
        for (int i = 0; i < components.length; i++) {
            components[i] = similarity * components[i] + rest * other[i];
        }
        return Embedding.normalized(components);
    }
}
