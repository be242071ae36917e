package dev.rollcall.http.wire;

import dev.rollcall.http.admission.BodyLease;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, with a limit of its size and a minimum rate. Throws {@link RefusedException} at the first byte
 * over the limit, when the rate is too low, and when the request's lease was revoked. Not safe for use by several threads.
 */
public final class BodyInput extends InputStream {

    /** Seconds from the beginning during which any rate is accepted. */
    private static final long GRACE_S = 5;

    /** Lowest average rate after that, in bytes a second: a fifth of a poor mobile connection. */
    private static final long MIN_RATE = 20_000;

    private final InputStream body;
    private final long limit;
    private final @Nullable BodyLease lease;
    private final LongSupplier nanos;
    private final long start;
    private long count;

    /**
     * Creates an input; its time begins now.
     *
     * @param limit most bytes that are read
     * @param lease the memory reserved for the request, or null for a small body
     */
    public BodyInput(InputStream body, long limit, @Nullable BodyLease lease) {
        this(body, limit, lease, System::nanoTime);
    }

    /**
     * An input of a large file that is written while it is received: of its rate only the time counts in which it is waited for.
     *
     * @param limit most bytes that are read
     */
    public static BodyInput ofUpload(InputStream body, long limit) {
        TimedInput timed = new TimedInput(body, System::nanoTime);
        return new BodyInput(timed, limit, null, timed);
    }

    BodyInput(InputStream body, long limit, @Nullable BodyLease lease, LongSupplier nanos) {
        this.body = body;
        this.limit = limit;
        this.lease = lease;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /**
     * Reads a whole small body.
     *
     * @param length the header's Content-Length, or −1; a hint, not trusted
     * @param limit most bytes that are read
     */
    public static byte[] readSmall(InputStream body, long length, int limit) {
        if (length > limit) {
            throw RefusedException.tooLarge(limit);
        }
        try {
            return new BodyInput(body, limit, null).readAllBytes();
        } catch (IOException e) {
            throw RefusedException.invalid("The request ended before it was complete.");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int read = readBody(into, from, most);
        if (read > 0) {
            count += read;
        }
        if (count > limit) {
            throw RefusedException.tooLarge(limit);
        }
        if (lease != null) {
            lease.received(count);
        }
        if (read >= 0 && isTooSlow()) {
            throw tooSlow();
        }
        return read;
    }

    /** Reads from the body; a read that times out is a body that came too slowly. */
    private int readBody(byte[] into, int from, int most) throws IOException {
        try {
            return body.read(into, from, most);
        } catch (InterruptedIOException e) {
            if (lease != null) {
                lease.received(count);
            }
            throw e;
        } catch (IOException e) {
            if (isTooSlow()) {
                throw tooSlow();
            }
            throw e;
        }
    }

    private boolean isTooSlow() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - start);
        return seconds >= GRACE_S && count < seconds * MIN_RATE;
    }

    private static RefusedException tooSlow() {
        return new RefusedException(Refusals.bodyTooSlow());
    }
}
