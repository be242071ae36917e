package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.usecase.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    private static final int LIMIT = 200_000;

    @Property(tries = 100)
    void body_isReadWholeWhateverTheHeaderSays(
            @ForAll @IntRange(max = LIMIT) int length, @ForAll @IntRange(min = -1, max = LIMIT) int said)
            throws IOException, InvalidRequestException {
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);

        assertThat(Body.read(new ByteArrayInputStream(body), said, LIMIT)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 10, LIMIT})
    void bodyOverTheLimit_isRefusedHoweverItIsAnnounced(long said) {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[LIMIT + 1]);

        assertThatThrownBy(() -> Body.read(body, said, LIMIT))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(Code.PAYLOAD_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, Long.MAX_VALUE})
    void announcedExcess_isRefusedUnread(long said) {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[10]);

        assertThatThrownBy(() -> Body.read(body, said, LIMIT)).isInstanceOf(InvalidRequestException.class);
        assertThat(body.available()).isEqualTo(10);
    }
}
