package dev.rollcall.http.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** An input that is also a clock: the nanoseconds that were spent in reading it. Not safe for use by several threads. */
final class TimedInput extends FilterInputStream implements LongSupplier {

    private final LongSupplier nanos;
    private long spent;

    TimedInput(InputStream in, LongSupplier nanos) {
        super(in);
        this.nanos = nanos;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        long begun = nanos.getAsLong();
        try {
            return in.read(into, from, most);
        } finally {
            spent += nanos.getAsLong() - begun;
        }
    }

    @Override
    public long getAsLong() {
        return spent;
    }
}
