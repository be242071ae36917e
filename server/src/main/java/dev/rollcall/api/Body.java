package dev.rollcall.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reading of a request's body up to a limit. */
final class Body {

    private static final int FIRST_GUESS = 65_536;

    private Body() {}

    /**
     * Reads everything.
     *
     * @param length what the header says, or −1; a hint, not trusted
     * @param limit most bytes that are read
     */
    static byte[] read(InputStream in, long length, long limit) throws IOException, InvalidRequestException {
        if (length > limit) {
            throw FaceRequest.tooLarge(limit);
        }
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
            int count = in.read(bytes, filled, bytes.length - filled);
            if (count < 0) {
                return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
            }
            filled += count;
        }
    }
}
