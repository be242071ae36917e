package dev.rollcall.http.connection;

/**
 * How the Java heap is divided among what clients can make the service hold. Everything large that a client can make it
 * allocate is counted against its share before it is allocated. The shares add up to nine tenths of the heap; about half of
 * what decoding takes is outside of it, so a quarter is left for the program's own, some 12 MB, and for new objects.
 *
 * @param heap largest size of the heap in bytes
 */
public record HeapShares(long heap) {

    /** What a connection takes at most while it is open: its buffers and one unfinished head. Measured: 23 kB with a head of 8 kB. */
    private static final int CONNECTION_BYTES = 24_000;

    /** TLS keeps a session and record buffers for each connection besides. */
    static final int TLS_WEIGHT = 2;

    private static final int BODIES_DIVISOR = 4;
    private static final int CONNECTIONS_DIVISOR = 4;
    private static final int UNSENT_DIVISOR = 16;
    private static final int DECODING_PERCENT = 36;
    private static final int ALL_PERCENT = 100;

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

    /** Bytes for pictures that are being decoded and analysed, on the heap and natively. */
    public long decoding() {
        return heap / ALL_PERCENT * DECODING_PERCENT;
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
