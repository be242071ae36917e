package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyInputTest {

    private static final int LIMIT = 200_000;

    @Property(tries = 100)
    void body_isReadWholeWhateverTheHeaderSays(
            @ForAll @IntRange(max = LIMIT) int length, @ForAll @IntRange(min = -1, max = LIMIT) int said)
            throws IOException {
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);

        assertThat(BodyInput.readSmall(new ByteArrayInputStream(body), said, LIMIT))
                .isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 10, LIMIT})
    void bodyOverTheLimit_isRefusedHoweverItIsAnnounced(long said) {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[LIMIT + 1]);

        assertThatThrownBy(() -> BodyInput.readSmall(body, said, LIMIT))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(Code.PAYLOAD_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, Long.MAX_VALUE})
    void announcedExcess_isRefusedUnread(long said) {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[10]);

        assertThatThrownBy(() -> BodyInput.readSmall(body, said, LIMIT)).isInstanceOf(RefusedException.class);
        assertThat(body.available()).isEqualTo(10);
    }

    @Test
    void senderThatKeepsUp_mayTakeItsTime() throws IOException {
        byte[] body = new byte[LIMIT];

        InputStream input = new BodyInput(new Pieces(body, 30_000), LIMIT, null, seconds(1));

        assertThat(new BufferedInputStream(input, LIMIT).readAllBytes()).isEqualTo(body);
    }

    @Test
    void senderThatDoesNotKeepUp_isCutOff() {
        for (InputStream slow : List.of(new Pieces(new byte[LIMIT], 10_000), new Pieces(new byte[LIMIT], 1))) {
            InputStream input = new BodyInput(slow, LIMIT, null, seconds(1));

            assertThatThrownBy(input::readAllBytes).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                            e.refusal().code())
                    .isEqualTo(Code.REQUEST_TIMEOUT));
        }
    }

    /** A clock that goes on by so many seconds whenever it is looked at. */
    private static LongSupplier seconds(long step) {
        long[] now = {0};
        return () -> now[0] += step * 1_000_000_000;
    }

    /** Bytes that come a few at a time. */
    private static final class Pieces extends FilterInputStream {

        private final int size;

        Pieces(byte[] bytes, int size) {
            super(new ByteArrayInputStream(bytes));
            this.size = size;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            return super.read(into, from, Math.min(most, size));
        }
    }
}
