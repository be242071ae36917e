package dev.rollcall.engine.match;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.onnx.ByteProduct;
import dev.rollcall.engine.onnx.ModelRuntime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntPredicate;

/**
 * Templates of many owners off the heap, and the search for the owners whose templates are most similar to a face. Safe for
 * use by several threads: searches run side by side, changes one at a time.
 *
 * <p>A template takes {@link #BYTES_EACH} bytes; memory for up to 1,536 more is reserved. The JVM's limit of
 * direct memory ({@code -XX:MaxDirectMemorySize}) must allow for them.
 */
public final class TemplateIndex implements AutoCloseable {

    /*
     * The search is exact, in two passes. The first computes the product of the face and each template, both rounded to
     * bytes. For unit vectors p, t and their rounded forms p', t' it is off by at most
     *
     *   |p·t − p'·t'| = |(p − p')·t + p'·(t − t')| ≤ |p − p'| + |p'| · |t − t'| ≤ e := |p − p'| + (1 + |p − p'|) · E
     *
     * where E is the greatest |t − t'| of all templates. Let s be the n-th greatest rounded score of different owners. The
     * n-th greatest exact one is at least s − e, so a template whose rounded score is below s − 2e belongs to none of the best
     * n owners by exact score. The second pass computes the exact scores of the others, a few dozen, from the greatest rounded
     * score on, and stops before the first whose rounded score is below x − e, where x is the n-th greatest exact score of
     * different owners so far: it and all after it have exact scores below x.
     */

    /** Bytes of one template. */
    public static final int BYTES_EACH = TemplateBlock.BYTES_EACH;

    /** Covers what the products' arithmetic in single precision is off by. */
    private static final double ARITHMETIC = 1e-5;

    private static final int SMALLEST_BLOCK = ByteProduct.GROUP;
    private static final int LARGEST_BLOCK = 35 * SMALLEST_BLOCK;
    private static final int LARGEST_IN_TEMPLATE = Byte.MAX_VALUE;

    private final ByteProduct product;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<TemplateBlock> blocks = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Queue<SearchBuffers> buffers = new ConcurrentLinkedQueue<>();
    private int size;
    private double greatestError;

    /** Creates an empty index whose runtime is chosen automatically. */
    public TemplateIndex() {
        this(RuntimeOptions.automatic());
    }

    /**
     * Creates an empty index.
     *
     * @param runtime what computes the products
     * @throws EngineException if the runtime can't be used
     */
    public TemplateIndex(RuntimeOptions runtime) {
        product = ModelRuntime.of(runtime).product(Embedding.DIMENSIONS);
    }

    /**
     * An owner and its most similar template.
     *
     * @param similarity cosine, −1…1, of the face and the owner's most similar template
     * @param slot the template's place in the index
     */
    public record Nearest(int owner, double similarity, int slot) {}

    /**
     * Adds a template.
     *
     * @param owner the number of its owner, at least 0
     * @return its slot, by which it is removed
     */
    public int add(int owner, Embedding template) {
        if (owner < 0) {
            throw new IllegalArgumentException("an owner's number must not be negative: " + owner);
        }
        byte[] stored = template.toBytes();
        Quantized quantized = Quantized.of(Embedding.fromBytes(stored), LARGEST_IN_TEMPLATE);
        lock.writeLock().lock();
        try {
            if (free.isEmpty()) {
                grow();
            }
            int slot = free.removeFirst();
            blocks.get(slot / LARGEST_BLOCK).put(slot % LARGEST_BLOCK, owner, stored, quantized);
            greatestError = Math.max(greatestError, quantized.error());
            size++;
            return slot;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Adds a small block, or doubles the last one up to the largest size. */
    private void grow() {
        int last = blocks.size() - 1;
        boolean full = blocks.isEmpty() || blocks.get(last).capacity() == LARGEST_BLOCK;
        int before = full ? 0 : blocks.get(last).capacity();
        if (full) {
            last++;
            blocks.add(new TemplateBlock(product, SMALLEST_BLOCK));
        } else {
            blocks.set(last, blocks.get(last).enlarged(product, Math.min(before * 2, LARGEST_BLOCK)));
        }
        for (int place = before; place < blocks.get(last).capacity(); place++) {
            free.addLast(last * LARGEST_BLOCK + place);
        }
    }

    /** Removes a template; its numbers are overwritten. */
    public void remove(int slot) {
        lock.writeLock().lock();
        try {
            TemplateBlock block = blocks.get(slot / LARGEST_BLOCK);
            if (block.owner(slot % LARGEST_BLOCK) == TemplateBlock.NOBODY) {
                throw new IllegalArgumentException("there is no template at slot " + slot);
            }
            block.clear(slot % LARGEST_BLOCK);
            free.addFirst(slot);
            size--;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The number of templates. */
    public int size() {
        lock.readLock().lock();
        try {
            return size;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The memory that is reserved for templates, in bytes. */
    public long reservedBytes() {
        lock.readLock().lock();
        try {
            return blocks.stream()
                    .mapToLong(block -> (long) block.capacity() * BYTES_EACH)
                    .sum();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * The owners with the most similar templates, most similar first, exactly as a comparison with every template finds them.
     *
     * @param face of the same model as all templates
     * @param most most owners, at least 1; the search is meant for a few
     * @param eligible which owners count
     * @throws EngineException if the matrix product fails
     */
    public List<Nearest> nearest(Embedding face, int most, IntPredicate eligible) {
        lock.readLock().lock();
        try {
            return size == 0 ? List.of() : new Search(face, most, eligible).run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** One search. Rounded scores lack the face's factor, so they are {@code quantized.scale()} times as great. */
    private final class Search {

        private final Embedding face;
        private final Quantized quantized;
        private final int most;
        private final IntPredicate eligible;
        private final BestOwners rounded;
        private final double error;
        private final Candidates candidates = new Candidates();

        Search(Embedding face, int most, IntPredicate eligible) {
            this.face = face;
            this.most = most;
            this.eligible = eligible;
            rounded = new BestOwners(most);
            quantized = Quantized.of(face, ByteProduct.LARGEST_IN_ROW);
            error = ARITHMETIC + quantized.error() + (1 + quantized.error()) * greatestError;
        }

        List<Nearest> run() {
            SearchBuffers kept = buffers.poll();
            SearchBuffers own = kept == null ? new SearchBuffers(product, LARGEST_BLOCK) : kept;
            try {
                own.setFace(quantized);
                for (int i = 0; i < blocks.size(); i++) {
                    own.multiply(blocks.get(i));
                    scan(i * LARGEST_BLOCK, blocks.get(i), own);
                }
            } finally {
                buffers.add(own);
            }
            return exact();
        }

        private void scan(int start, TemplateBlock block, SearchBuffers own) {
            int used = block.used();
            float least = least();
            for (int place = 0; place < used; place++) {
                float score = own.score(place);
                if (score >= least && counts(block.owner(place))) {
                    rounded.offer(block.owner(place), score, start + place);
                    least = least();
                    candidates.add(start + place, score, least);
                }
            }
        }

        private boolean counts(int owner) {
            return owner != TemplateBlock.NOBODY && eligible.test(owner);
        }

        private float least() {
            return (float) (rounded.least() - 2 * error * quantized.scale());
        }

        private List<Nearest> exact() {
            BestOwners best = new BestOwners(most);
            candidates.sortFrom(least());
            for (int i = 0; i < candidates.size(); i++) {
                if (candidates.score(i) < (best.least() - error) * quantized.scale()) {
                    break;
                }
                int slot = candidates.slot(i);
                TemplateBlock block = blocks.get(slot / LARGEST_BLOCK);
                int place = slot % LARGEST_BLOCK;
                best.offer(block.owner(place), face.similarity(block.embedding(place)), slot);
            }
            return best.inOrder().stream()
                    .map(scored -> new Nearest(scored.owner(), scored.score(), scored.slot()))
                    .toList();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            blocks.clear();
            size = 0;
            buffers.forEach(SearchBuffers::close);
            buffers.clear();
            product.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
