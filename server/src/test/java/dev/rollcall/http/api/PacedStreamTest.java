package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class PacedStreamTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = Long.MAX_VALUE - SECOND;

    /** A reader who takes so many bytes a second. */
    private final class Reader extends OutputStream {

        private final int bytesPerSecond;
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        private Reader(int bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
        }

        @Override
        public void write(int one) {
            taken.write(one);
            now += SECOND / bytesPerSecond;
        }
    }

    @Test
    void readerOfAFewBytesASecond_isGivenUp() {
        Reader slow = new Reader(200);

        assertThatThrownBy(() -> new PacedStream(slow, () -> now).write(new byte[1_000_000]))
                .isInstanceOf(IOException.class);
        assertThat(slow.taken.size()).isBetween(60 * 200, 60 * 200 + 8_192);
    }

    @Test
    void readerWhoKeepsThePace_getsEverything() throws IOException {
        Reader steady = new Reader(1_100);
        PacedStream stream = new PacedStream(steady, () -> now);

        for (int i = 0; i < 300_000; i++) {
            stream.write(i);
        }
        stream.flush();

        byte[] taken = steady.taken.toByteArray();
        assertThat(taken).hasSize(300_000);
        assertThat(taken[299_999]).isEqualTo((byte) 299_999);
    }

    @Test
    void timeInWhichNothingIsWritten_doesNotCount() throws IOException {
        Reader fast = new Reader(1_000_000);
        PacedStream stream = new PacedStream(fast, () -> now);

        for (int i = 0; i < 10; i++) {
            stream.write(i);
            now += 50 * SECOND;
        }

        assertThat(fast.taken.size()).isEqualTo(10);
    }
}
