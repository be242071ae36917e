package dev.rollcall.http.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * A stream whose reader has to keep a pace, so that one who takes a few bytes a second doesn't hold a place among exports for hours. The
 * time in which nothing is written isn't the reader's and doesn't count. For one thread.
 */
final class PacedStream extends OutputStream {

    /** What a reader takes at least in {@link #MOST_NANOS}: 1 kB/s, a tenth of a slow telephone line. */
    static final long LEAST_BYTES = 65_536;

    static final long MOST_NANOS = 60_000_000_000L;

    /** The most that is handed on at once, so that the pace is looked at between. */
    private static final int PART = 8_192;

    private final OutputStream out;
    private final LongSupplier nanos;
    private long bytes;
    private long waited;

    /**
     * Creates a stream before another one.
     *
     * @param nanos a clock that never goes back
     */
    PacedStream(OutputStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += PART) {
            int part = Math.min(PART, length - done);
            long before = nanos.getAsLong();
            out.write(content, offset + done, part);
            taken(part, nanos.getAsLong() - before);
        }
    }

    @Override
    public void flush() throws IOException {
        long before = nanos.getAsLong();
        out.flush();
        taken(0, nanos.getAsLong() - before);
    }

    private void taken(int more, long nanosOfIt) throws IOException {
        bytes += more;
        waited += nanosOfIt;
        if (bytes >= LEAST_BYTES) {
            bytes = 0;
            waited = 0;
        } else if (waited >= MOST_NANOS) {
            throw new IOException("fewer than " + LEAST_BYTES + " bytes were taken in a minute");
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
