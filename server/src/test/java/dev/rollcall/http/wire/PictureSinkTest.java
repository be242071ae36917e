package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PictureSinkTest {

    private static final int SMALL = 256 * 1024;

    /** Counts how often it is taken. */
    private static final class CountingLock extends ReentrantLock {

        private static final long serialVersionUID = 1L;

        private int taken;

        @Override
        public void lock() {
            super.lock();
            taken++;
        }
    }

    private final CountingLock copying = new CountingLock();

    @Property(tries = 200)
    void writtenBytes_areThePictureWhateverWasExpected(
            @ForAll @IntRange(max = 3_000) int length,
            @ForAll @IntRange(min = -1, max = 5_000) int expected,
            @ForAll @IntRange(min = 1, max = 700) int piece) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        PictureSink sink = new PictureSink(3_000, expected, new ReentrantLock());
        sink.begin();
        for (int at = 0; at < length; at += piece) {
            sink.write(bytes, at, Math.min(piece, length - at));
        }

        assertThat(sink.length()).isEqualTo(length);
        assertThat(sink.pictures().get(0)).isEqualTo(bytes);
    }

    @Test
    void firstByteOverTheLimit_isRefused() {
        PictureSink sink = new PictureSink(10, 100, copying);
        sink.begin();
        sink.write(new byte[9], 0, 9);
        sink.write(7);

        Refusal refusal = Refusals.of(() -> sink.write(7));

        assertThat(refusal.code()).isEqualTo(Code.PAYLOAD_TOO_LARGE);
        assertThat(refusal.facts()).isEqualTo(Map.of("max_bytes", 10L));
        assertThat(sink.pictures().get(0)).hasSize(10).endsWith(0, 7);
    }

    @Test
    void pictureOfTheExpectedLength_isNotCopied() {
        PictureSink sink = new PictureSink(SMALL * 4, SMALL * 2, copying);
        sink.begin();
        sink.write(new byte[SMALL * 2], 0, SMALL * 2);

        assertThat(sink.pictures().get(0)).isSameAs(sink.pictures().get(0)).hasSize(SMALL * 2);
        assertThat(copying.taken).isZero();
    }

    @Test
    void smallPicture_isCopiedWithoutWaiting() {
        PictureSink sink = new PictureSink(SMALL * 4, SMALL + 1, copying);
        sink.begin();
        sink.write(new byte[SMALL], 0, SMALL);

        assertThat(sink.pictures().get(0)).hasSize(SMALL);
        assertThat(copying.taken).isZero();
    }

    @Test
    void largePicture_isCopiedWhileNoOtherIs() {
        PictureSink sink = new PictureSink(SMALL * 4, -1, copying);
        sink.begin();
        byte[] bytes = new byte[SMALL + 1];
        Arrays.fill(bytes, (byte) 3);
        sink.write(bytes, 0, bytes.length);

        assertThat(sink.pictures().get(0)).isEqualTo(bytes);
        assertThat(copying.taken).as("once to grow, once at the end").isEqualTo(2);
        assertThat(copying.isLocked()).isFalse();
    }

    @Test
    void pictureThatDoubles_growsSeldom() {
        PictureSink sink = new PictureSink(SMALL * 8, 1, copying);
        for (int i = 0; i < SMALL * 8; i++) {
            sink.write(i);
        }

        assertThat(copying.taken).as("to 2, 4 and 8 times the small size").isEqualTo(3);
    }

    @Test
    void emptyAndClearedPictures_haveNotBegun() {
        PictureSink sink = new PictureSink(10, 10, copying);
        assertThat(sink.hasBegun()).isFalse();

        sink.begin();
        sink.write(1);
        assertThat(sink.hasBegun()).isTrue();

        sink.clear();
        assertThat(sink.hasBegun()).isFalse();
        assertThat(sink.length()).isZero();

        sink.begin();
        sink.write(2);
        assertThat(sink.pictures().get(0)).containsExactly(2);
    }

    @Test
    void newPicture_takesThePlaceOfTheOther() {
        PictureSink sink = new PictureSink(10, 10, copying);
        sink.begin();
        sink.write(1);
        sink.begin();
        sink.write(new byte[] {9, 2, 9}, 1, 1);

        assertThat(sink.pictures().get(0)).containsExactly(2);
    }

    @Property(tries = 200)
    void severalPictures_areReturnedInOrder(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 600) Integer> lengths,
            @ForAll @IntRange(min = -1, max = 5_000) int expected) {
        PictureSink sink = new PictureSink(3_000, expected, copying);
        for (int i = 0; i < lengths.size(); i++) {
            sink.beginNext();
            for (int at = 0; at < lengths.get(i); at++) {
                sink.write(i + at);
            }
        }
        int total = lengths.stream().mapToInt(Integer::intValue).sum();
        assertThat(sink.length()).isEqualTo(total);

        List<byte[]> pictures = sink.pictures();

        assertThat(pictures).hasSameSizeAs(lengths);
        for (int i = 0; i < lengths.size(); i++) {
            byte[] picture = new byte[lengths.get(i)];
            for (int at = 0; at < picture.length; at++) {
                picture[at] = (byte) (i + at);
            }
            assertThat(pictures.get(i)).isEqualTo(picture);
        }
    }

    @Test
    void sixthPicture_isRefused() {
        PictureSink sink = new PictureSink(10, 10, copying);
        for (int i = 0; i < 5; i++) {
            sink.beginNext();
        }

        assertThat(Refusals.of(sink::beginNext).detail()).isEqualTo("images must have 1 to 5 pictures");
    }

    @Test
    void picturesTogetherOverTheLimit_areRefused() {
        PictureSink sink = new PictureSink(10, -1, copying);
        sink.beginNext();
        sink.write(new byte[6], 0, 6);
        sink.beginNext();

        assertThat(Refusals.of(() -> sink.write(new byte[5], 0, 5)).code()).isEqualTo(Code.PAYLOAD_TOO_LARGE);
    }

    @Test
    void largePictures_areSeparatedWhileNoOtherIsCopied() {
        PictureSink sink = new PictureSink(SMALL * 4, SMALL * 2, copying);
        sink.beginNext();
        sink.write(new byte[SMALL], 0, SMALL);
        sink.beginNext();
        sink.write(1);

        assertThat(sink.pictures()).hasSize(2);
        assertThat(copying.taken).isEqualTo(1);
        assertThat(copying.isLocked()).isFalse();
    }
}
