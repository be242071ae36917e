package dev.rollcall.engine.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex.Nearest;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TemplateIndexLawsTest {

    /**
     * Whatever the embeddings are like (a few large components make rounding coarse), however often templates come and go, and
     * whoever counts: the result is that of comparing with each template, and of equal ones the first is the one at the lower
     * slot.
     */
    @Property(tries = 60)
    void search_findsWhatComparingWithEachTemplateFinds(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 300) int templates,
            @ForAll @IntRange(min = 1, max = 5) int most,
            @ForAll @IntRange(min = 0, max = 4) int largeComponents) {
        Random random = new Random(seed);
        Map<Integer, Entry> entries = new HashMap<>();
        try (TemplateIndex index = new TemplateIndex()) {
            for (int i = 0; i < templates; i++) {
                Embedding template = entries.isEmpty() || random.nextInt(8) > 0
                        ? face(random, largeComponents)
                        : any(entries, random).template();
                int owner = random.nextInt(templates);
                entries.put(index.add(owner, template), new Entry(owner, Embedding.fromBytes(template.toBytes())));
                if (random.nextInt(4) == 0) {
                    int slot = new ArrayList<>(entries.keySet()).get(random.nextInt(entries.size()));
                    entries.remove(slot);
                    index.remove(slot);
                }
            }
            for (int i = 0; i < 10; i++) {
                int divisor = 1 + random.nextInt(3);
                Embedding face = entries.isEmpty() || i % 2 == 0
                        ? face(random, largeComponents)
                        : any(entries, random).template();

                assertThat(index.nearest(face, most, owner -> owner % divisor == 0))
                        .isEqualTo(exhaustive(entries, face, most, divisor));
            }
            assertThat(index.size()).isEqualTo(entries.size());
        }
    }

    @Test
    void templates_areFoundWhileOthersComeAndGo() throws Exception {
        Random random = new Random(5);
        Embedding stays = face(random, 0);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (TemplateIndex index = new TemplateIndex()) {
            index.add(7, stays);
            Future<?> changes = thread.submit(() -> {
                List<Integer> slots = new ArrayList<>();
                for (int i = 0; i < 6_000; i++) {
                    slots.add(index.add(100 + i, face(random, 0)));
                    if (i % 3 == 2) {
                        index.remove(slots.remove(random.nextInt(slots.size())));
                    }
                }
            });
            int searches = 0;
            while (!changes.isDone() || searches == 0) {
                assertThat(index.nearest(stays, 1, owner -> true))
                        .extracting(Nearest::owner)
                        .containsExactly(7);
                searches++;
            }
            changes.get();
            assertThat(index.size()).isEqualTo(4_001);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void searches_takeNoFurtherMemoryOutsideOfTheHeap() {
        Random random = new Random(5);
        try (TemplateIndex index = new TemplateIndex()) {
            for (int i = 0; i < 300; i++) {
                index.add(i, face(random, 0));
            }
            index.nearest(face(random, 0), 2, owner -> true);
            long before = directBytes();
            for (int i = 0; i < 200; i++) {
                index.nearest(face(random, 0), 2, owner -> true);
                assertThatThrownBy(() -> index.nearest(face(random, 0), 2, TemplateIndexLawsTest::failing))
                        .isInstanceOf(IllegalStateException.class);
            }
            assertThat(directBytes()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void closedIndex_findsNobody() {
        TemplateIndex index = new TemplateIndex();
        Embedding face = face(new Random(5), 0);
        index.add(1, face);
        assertThat(index.nearest(face, 1, owner -> true)).hasSize(1);

        index.close();

        assertThat(index.nearest(face, 1, owner -> true)).isEmpty();
        assertThat(index.size()).isZero();
    }

    private record Entry(int owner, Embedding template) {}

    private static Entry any(Map<Integer, Entry> entries, Random random) {
        return new ArrayList<>(entries.values()).get(random.nextInt(entries.size()));
    }

    private static List<Nearest> exhaustive(Map<Integer, Entry> entries, Embedding face, int most, int divisor) {
        Comparator<Nearest> bestFirst =
                Comparator.comparingDouble(Nearest::similarity).reversed().thenComparingInt(Nearest::slot);
        Map<Integer, Nearest> best = new HashMap<>();
        entries.forEach((slot, entry) -> {
            if (entry.owner() % divisor == 0) {
                Nearest nearest = new Nearest(entry.owner(), face.similarity(entry.template()), slot);
                best.merge(entry.owner(), nearest, (a, b) -> bestFirst.compare(a, b) <= 0 ? a : b);
            }
        });
        return best.values().stream().sorted(bestFirst).limit(most).toList();
    }

    private static boolean failing(int owner) {
        throw new IllegalStateException("owner " + owner);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static Embedding face(Random random, int largeComponents) {
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < largeComponents; i++) {
            vector[random.nextInt(vector.length)] = 20 * (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }
}
