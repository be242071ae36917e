package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.admission.BodyBudget;
import dev.rollcall.http.admission.BodyLease;
import dev.rollcall.http.admission.Budgets;
import dev.rollcall.http.admission.RequestLimits;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    @Test
    void sender_mustHaveSentTwentyThousandBytesASecondAfterFiveSeconds() throws IOException {
        byte[] into = new byte[LIMIT];
        for (int second = 5; second <= 6; second++) {
            int enough = 20_000 * second;
            InputStream body = new ByteArrayInputStream(new byte[LIMIT]);
            assertThat(new BodyInput(body, LIMIT, null, clockAt(0, second)).read(into, 0, enough))
                    .isEqualTo(enough);
            InputStream slow = new BodyInput(body, LIMIT, null, clockAt(0, second));
            assertThat(Refusals.of(() -> slow.read(into, 0, 20_000)).code()).isEqualTo(Code.REQUEST_TIMEOUT);
        }
        assertThat(new BodyInput(new ByteArrayInputStream(into), LIMIT, null, clockAt(0, 4)).read(into, 0, 1))
                .isEqualTo(1);
    }

    @Test
    void endOfABody_isNeverTooSlow() throws IOException {
        InputStream input = new BodyInput(InputStream.nullInputStream(), LIMIT, null, clockAt(0, 60));

        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void singleBytes_areReadAsTheyAre() throws IOException {
        InputStream input = new BodyInput(new ByteArrayInputStream(new byte[] {7, -1}), LIMIT, null);

        assertThat(input.read()).isEqualTo(7);
        assertThat(input.read()).isEqualTo(255);
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void brokenBody_isASlowOneIfItCameSlowly() {
        assertThatThrownBy(() -> new BodyInput(broken(new IOException("reset")), LIMIT, null, clockAt(0, 4)).read())
                .isInstanceOf(IOException.class)
                .hasMessage("reset");
        assertThat(Refusals.of(() -> new BodyInput(broken(new IOException("reset")), LIMIT, null, clockAt(0, 5)).read())
                        .code())
                .isEqualTo(Code.REQUEST_TIMEOUT);
        assertThat(Refusals.of(() -> BodyInput.readSmall(broken(new IOException("reset")), -1, LIMIT)))
                .isEqualTo(new Refusal(Code.INVALID_REQUEST, "The request ended before it was complete."));
    }

    @Test
    void readingThatIsInterrupted_isRefusedIfItsLeaseWasRevoked() throws InterruptedException {
        BodyBudget budget = Budgets.of(new RequestLimits(LIMIT, 5L * LIMIT));
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        try (BodyLease lease = budget.reserve(LIMIT, LIMIT).orElseThrow()) {
            assertThatThrownBy(() -> new BodyInput(broken(interrupted), LIMIT, lease).read())
                    .isSameAs(interrupted);
            assertThatThrownBy(() -> new BodyInput(broken(interrupted), LIMIT, null).read())
                    .isSameAs(interrupted);

            Budgets.revoke(lease);

            assertThat(Refusals.of(() -> new BodyInput(broken(interrupted), LIMIT, lease).read())
                            .code())
                    .isEqualTo(Code.OVERLOADED);
            assertThat(Refusals.of(() -> new BodyInput(new ByteArrayInputStream(new byte[9]), LIMIT, lease).read())
                            .code())
                    .isEqualTo(Code.OVERLOADED);
        }
    }

    @Test
    void bodyOfExactlyTheLimit_isReadAndTheNextByteRefused() throws IOException {
        InputStream input = new BodyInput(new ByteArrayInputStream(new byte[LIMIT + 1]), LIMIT, null);

        assertThat(input.readNBytes(LIMIT)).hasSize(LIMIT);
        assertThat(Refusals.of(input::read).code()).isEqualTo(Code.PAYLOAD_TOO_LARGE);
    }

    private static InputStream broken(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                throw failure;
            }
        };
    }

    /** A clock that stands at a second when it is first looked at, and at another from then on. */
    private static LongSupplier clockAt(long first, long later) {
        boolean[] looked = {false};
        return () -> {
            long second = looked[0] ? later : first;
            looked[0] = true;
            return TimeUnit.SECONDS.toNanos(second);
        };
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

    @Test
    void timeInWhichAnUploadIsNotWaitedFor_doesNotCount() throws IOException {
        AtomicLong clock = new AtomicLong();
        InputStream quick = new InputStream() {
            @Override
            public int read() {
                clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
                return 1;
            }

            @Override
            public int read(byte[] into, int from, int most) {
                clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
                return Math.min(most, 1000);
            }
        };
        TimedInput timed = new TimedInput(quick, clock::get);
        InputStream input = new BodyInput(timed, LIMIT, null, timed);

        for (int i = 0; i < 10; i++) {
            assertThat(input.read(new byte[1000])).isEqualTo(1000);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(60));
        }
        assertThat(timed.getAsLong()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
    }
}
