package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.RuntimeOptions.Choice;
import dev.rollcall.engine.match.TemplateIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The search of a gallery of random templates, and the mere copying of as many bytes as it reads. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GalleryBenchmark {

    private static final int FACES = 16;
    private static final int PART = 2 << 20;

    /** A gallery, each template of another owner. */
    @State(Scope.Benchmark)
    public static class Gallery {

        /** The number of templates. */
        @Param("1000")
        int templates;

        /** What computes the products. */
        @Param("AUTO")
        Choice runtime = Choice.AUTO;

        @SuppressWarnings("NullAway.Init")
        private TemplateIndex index;

        private final List<Embedding> faces = new ArrayList<>();
        private int next;

        /** Fills the gallery. */
        @Setup
        public void fill() {
            index = new TemplateIndex(new RuntimeOptions(runtime, null));
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < templates; i++) {
                index.add(i, face(random));
            }
            for (int i = 0; i < FACES; i++) {
                faces.add(face(random));
            }
        }

        /** Components that are sums of four random bytes, so nearly normally distributed; quick, for a million templates. */
        private static Embedding face(SplittableRandom random) {
            float[] vector = new float[Embedding.DIMENSIONS];
            for (int i = 0; i < vector.length; i++) {
                int bits = random.nextInt();
                vector[i] = (byte) bits + (byte) (bits >> 8) + (byte) (bits >> 16) + (bits >> 24);
            }
            return Embedding.normalized(vector);
        }

        /** Frees the gallery. */
        @TearDown
        public void close() {
            index.close();
        }
    }

    /** As much memory as the first pass of a search reads, and a part that stays in the cache. */
    @State(Scope.Benchmark)
    public static class Memory {

        /** The number of templates. */
        @Param("1000")
        int templates;

        private final List<ByteBuffer> parts = new ArrayList<>();
        private final ByteBuffer target = ByteBuffer.allocateDirect(PART);

        /** Allocates the memory. */
        @Setup
        public void allocate() {
            for (long left = (long) templates * Embedding.DIMENSIONS; left > 0; left -= PART) {
                parts.add(ByteBuffer.allocateDirect((int) Math.min(PART, left)));
            }
        }
    }

    /** Finds the two nearest owners. */
    @Benchmark
    public List<TemplateIndex.Nearest> search(Gallery gallery) {
        return gallery.index.nearest(gallery.faces.get(gallery.next++ % FACES), 2, owner -> true);
    }

    /** Copies as many bytes as the first pass of the search reads, to a place that stays in the cache. */
    @Benchmark
    public ByteBuffer copy(Memory memory) {
        for (ByteBuffer part : memory.parts) {
            memory.target.put(0, part, 0, part.capacity());
        }
        return memory.target;
    }
}
