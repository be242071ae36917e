package dev.rollcall.api;

import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Reading of a request's body up to a limit, from a sender that keeps up. */
final class Body {

    private static final int FIRST_GUESS = 65_536;

    /** How long a sender may take whatever it sends, in seconds. */
    private static final long GRACE_S = 5;

    /** What it must have sent by then and later on, in bytes a second: a fifth of a poor mobile connection. */
    private static final long LEAST_RATE = 20_000;

    private Body() {}

    /**
     * Reads everything.
     *
     * @param length what the header says, or −1; a hint, not trusted
     * @param limit most bytes that are read
     */
    static byte[] read(InputStream in, long length, long limit) throws IOException, InvalidRequestException {
        return read(in, length, limit, System::nanoTime);
    }

    static byte[] read(InputStream in, long length, long limit, LongSupplier nanos)
            throws IOException, InvalidRequestException {
        if (length > limit) {
            throw FaceRequest.tooLarge(limit);
        }
        long start = nanos.getAsLong();
        byte[] bytes = new byte[length < 0 ? FIRST_GUESS : (int) length];
        int filled = 0;
        while (true) {
            if (filled == bytes.length) {
                int next = in.read();
                if (next < 0) {
                    return bytes;
                }
                if (filled >= limit) {
                    throw FaceRequest.tooLarge(limit);
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(FIRST_GUESS, 2L * filled)));
                bytes[filled++] = (byte) next;
            }
            int count = filling(in, bytes, filled, nanos, start);
            if (count < 0) {
                return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
            }
            filled += count;
            if (isTooSlow(filled, nanos.getAsLong() - start)) {
                throw tooSlow();
            }
        }
    }

    /** A stream that waits for too long fails by itself. */
    private static int filling(InputStream in, byte[] bytes, int filled, LongSupplier nanos, long start)
            throws IOException, InvalidRequestException {
        try {
            return in.read(bytes, filled, bytes.length - filled);
        } catch (IOException e) {
            if (isTooSlow(filled, nanos.getAsLong() - start)) {
                throw tooSlow();
            }
            throw e;
        }
    }

    private static boolean isTooSlow(int bytes, long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return seconds >= GRACE_S && bytes < seconds * LEAST_RATE;
    }

    private static InvalidRequestException tooSlow() {
        return new InvalidRequestException(
                new Refusal(Code.REQUEST_TIMEOUT, "The request's body came too slowly, or stopped."));
    }
}
