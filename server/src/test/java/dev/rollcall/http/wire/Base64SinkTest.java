package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64SinkTest {

    private static final int LIMIT = 20_000;

    private final PictureSink picture = new PictureSink(LIMIT, -1, new ReentrantLock());
    private final Base64Sink sink = new Base64Sink(picture);

    @Property(tries = 500)
    void anyBytesInAnyVariant_comeBackHoweverTheTextIsCutUp(
            @ForAll @IntRange(max = 10_000) int length,
            @ForAll @IntRange(max = 3) int variant,
            @ForAll @IntRange(min = 1, max = 9_000) int piece,
            @ForAll long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        String text =
                switch (variant) {
                    case 0 -> Base64.getEncoder().encodeToString(bytes);
                    case 1 -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                    case 2 -> Base64.getMimeEncoder().encodeToString(bytes);
                    default -> "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
                };
        PictureSink into = new PictureSink(LIMIT, -1, new ReentrantLock());

        write(new Base64Sink(into), text, piece);

        assertThat(into.pictures().get(0)).isEqualTo(bytes);
    }

    @Property
    void maxBytes_areEnoughForAnyTextAndHardlyMore(@ForAll @IntRange(max = 100_000) int length) {
        for (Base64.Encoder encoder :
                new Base64.Encoder[] {Base64.getEncoder(), Base64.getEncoder().withoutPadding()}) {
            int characters = encoder.encode(new byte[length]).length;

            assertThat(Base64Sink.maxBytes(characters)).isBetween((long) length, length + 5L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aGk=", "aGk", "a\nG\r\nk\n=\n", "data:,aGk=", "data:image/png;base64,aGk", "da\nta:x,aGk"})
    void text_isRead(String text) {
        write(sink, text, 100);

        assertThat(picture.pictures().get(0)).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "=",
                "A=",
                "A==",
                "A===",
                "AA=",
                "AAA==",
                "AA===",
                "AAAA=",
                "AAAA====",
                "AA=A",
                "AA==A",
                "A A=",
                "A\0A=",
                "AA\u00e9A",
                "AA$A",
                ":",
                "AAAA:",
                "Data:,AA==",
                "dat:,AA==",
                "xdata:,AA==",
                "datadata:,AA==",
                "dataA:,AA==",
                "data:image/png;base64"
            })
    void anythingElse_isRefused(String text) {
        for (int piece : new int[] {1, 100}) {
            Refusal refusal = Refusals.of(() -> write(sink, text, piece));

            assertThat(refusal)
                    .isEqualTo(
                            new Refusal(Code.INVALID_REQUEST, "image is not valid base64", Map.of("field", "image")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 256, 321, 0x20ac})
    void characterThatIsNoByte_isRefused(int character) {
        sink.begin();

        assertThat(Refusals.of(() -> sink.write(character)).code()).isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void secondPicture_takesThePlaceOfTheFirstWhateverWasLeftOfIt() {
        for (String first : new String[] {"A", "AA", "AA=", "AAAAAAA", "data:x", "AAAA"}) {
            sink.begin();
            byte[] text = first.getBytes(StandardCharsets.UTF_8);
            sink.write(text, 0, text.length);

            write(sink, "data:,aGk=", 100);

            assertThat(picture.pictures().get(0)).as(first).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
            picture.clear();
        }
    }

    @Test
    void partOfAnArray_isReadAlone() {
        sink.begin();
        sink.write("xxaGk=xx".getBytes(StandardCharsets.UTF_8), 2, 6);
        sink.end();

        assertThat(picture.pictures().get(0)).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Base64Sink sink, String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        sink.begin();
        for (int at = 0; at < bytes.length; at += piece) {
            sink.write(bytes, at, Math.min(bytes.length, at + piece));
        }
        sink.end();
    }
}
