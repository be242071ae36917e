package dev.rollcall.security;

/**
 * How the Java heap is divided among what clients can make the service hold. Everything that a client can make it allocate
 * is counted against its share before it is allocated; the rest, about a third, is the program's own.
 *
 * @param heap largest size of the heap in bytes
 */
public record HeapShares(long heap) {

    /** What a connection takes at most while it is open: its buffers and one unfinished head. Measured in bench/results/hostile.md. */
    private static final int CONNECTION_BYTES = 24_000;

    /** TLS keeps a session and record buffers for each connection besides. */
    static final int TLS_WEIGHT = 2;

    private static final int BODIES_DIVISOR = 4;
    private static final int CONNECTIONS_DIVISOR = 4;
    private static final int UNSENT_DIVISOR = 16;
    private static final int DECODING_DIVISOR = 5;

    public HeapShares {
        if (heap < 1) {
            throw new IllegalArgumentException("the heap must be positive: " + heap);
        }
    }

    /** The division of this process' heap. */
    public static HeapShares ofThisProcess() {
        return new HeapShares(Runtime.getRuntime().maxMemory());
    }

    /** Bytes for request bodies that are being read or wait with their picture. */
    public long bodies() {
        return heap / BODIES_DIVISOR;
    }

    /** Bytes for pictures that are being decoded and analysed. */
    public long decoding() {
        return heap / DECODING_DIVISOR;
    }

    /** Bytes of answers that are written and not yet taken by the network. */
    long unsentAnswers() {
        return heap / UNSENT_DIVISOR;
    }

    /** Most connections at once; one with TLS counts {@link #TLS_WEIGHT} times. */
    long connections() {
        return Math.max(1, heap / CONNECTIONS_DIVISOR / CONNECTION_BYTES);
    }
}
