package dev.rollcall.http.connection;

/**
 * The division of the Java heap among connections, request bodies, decoding and unsent responses. Everything large that a
 * client can make the service allocate is counted against its share before it is allocated. The shares add up to nine
 * tenths of the heap; about half of the memory for decoding is native, so a quarter of the heap is left for the program
 * itself, some 12 MB, and for new objects.
 *
 * @param heap largest size of the heap in bytes
 */
public record HeapShares(long heap) {

    /** Largest size of an open connection: its buffers and one incomplete head. Measured: 23 kB with a head of 8 kB. */
    private static final int CONNECTION_BYTES = 24_000;

    /** A connection with TLS also has a session, and records of 16 kB. Measured: 24 kB of heap while it is idle, without TLS 10 kB. */
    static final int TLS_WEIGHT = 3;

    /** With TLS, while a body is received. Measured with 313 connections and bodies of 573 kB: 105 kB of heap, of records that are incomplete. */
    static final int TLS_BODY_WEIGHT = 5;

    /** Before the end of its handshake; the heap of 80 MB has some 220 of them. Measured: 12 kB of heap, and what was received. */
    static final int HANDSHAKE_WEIGHT = 4;

    /** The launcher's system property: megabytes of the heap that are for models which are computed in Java. */
    private static final String ENGINE_MEGABYTES = "launcher.engine.megabytes";

    private static final int MEGABYTE_BITS = 20;

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

    /** The division of this process' heap, without what the launcher added for the engine. */
    public static HeapShares ofThisProcess() {
        long engine = (long) Integer.getInteger(ENGINE_MEGABYTES, 0) << MEGABYTE_BITS;
        return new HeapShares(Math.max(1, Runtime.getRuntime().maxMemory() - engine));
    }

    /** Bytes for request bodies that are being read, and for pictures that wait for analysis. */
    public long bodies() {
        return heap / BODIES_DIVISOR;
    }

    /** Bytes for pictures that are being decoded and analysed, on the heap and natively. */
    public long decoding() {
        return heap / ALL_PERCENT * DECODING_PERCENT;
    }

    /** Bytes for responses that are written and not yet sent. */
    long unsentResponses() {
        return heap / UNSENT_DIVISOR;
    }

    /** Most connections at once; one with TLS counts {@link #TLS_WEIGHT} times. */
    long connections() {
        return Math.max(1, heap / CONNECTIONS_DIVISOR / CONNECTION_BYTES);
    }
}
