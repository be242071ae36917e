package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GalleryBenchmark {

    private static final int FACES = 16;
    private static final int PART = 2 << 20;

    /** The number of templates. */
    @Param("1000")
    int templates;

    private final TemplateIndex index = new TemplateIndex();
    private final List<Embedding> faces = new ArrayList<>();
    private final List<ByteBuffer> memory = new ArrayList<>();
    private final ByteBuffer target = ByteBuffer.allocateDirect(PART);
    private int next;

    /** Fills the gallery, each template of another owner. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        for (int i = 0; i < templates; i++) {
            index.add(i, face(random));
        }
        for (int i = 0; i < FACES; i++) {
            faces.add(face(random));
        }
        long bytes = (long) templates * Embedding.DIMENSIONS;
        for (long left = bytes; left > 0; left -= PART) {
            memory.add(ByteBuffer.allocateDirect((int) Math.min(PART, left)));
        }
    }

    private static Embedding face(Random random) {
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }

    /** Finds the two nearest owners. */
    @Benchmark
    public List<TemplateIndex.Nearest> search() {
        return index.nearest(faces.get(next++ % FACES), 2, owner -> true);
    }

    /** Copies as many bytes as the first pass of the search reads, to a place that stays in the cache. */
    @Benchmark
    public ByteBuffer copy() {
        for (ByteBuffer part : memory) {
            target.put(0, part, 0, part.capacity());
        }
        return target;
    }

    /** Frees the gallery. */
    @TearDown
    public void close() {
        index.close();
    }
}
