package dev.rollcall.pins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.people.UserId;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "123456789", "12 34", "12a4", "-1234", "\u0661\u0662\u0663\u0664", "1234\n"})
    void otherThanFourToEightDigits_isNoPin(String text) {
        assertThat(Pin.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1111, ann, REPEATED",
        "12121212, ann, REPEATED",
        "1234, ann, IN_ORDER",
        "8901, ann, IN_ORDER",
        "43210987, ann, IN_ORDER",
        "2468, E-92468, IN_USER_ID",
        "7305, 73-05, IN_USER_ID",
        "173052, 7305, IN_USER_ID"
    })
    void pinThatIsEasilyGuessed_isWeak(String digits, String userId, Pin.Weakness weakness) {
        assertThat(pin(digits).weakness(new UserId(userId))).contains(weakness);
    }

    @ParameterizedTest
    @CsvSource({"1112, ann", "1231, ann", "7305, 305", "73051826, 7306", "1357, ann", "9090, 1"})
    void otherPin_isNotWeakUnlessItRepeats(String digits, String userId) {
        assertThat(pin(digits).weakness(new UserId(userId)).isPresent()).isEqualTo(digits.equals("9090"));
    }

    @Test
    void drawnPins_haveSixDigitsAreNotWeakAndDiffer() {
        UserId userId = new UserId("1");

        Pin first = Pin.random(userId);
        assertThat(Pin.parse(first.digits())).contains(first);
        assertThat(first.digits()).hasSize(6);
        assertThat(first.weakness(userId)).isEmpty();
        assertThat(Stream.generate(() -> Pin.random(userId))
                        .limit(20)
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Property(tries = 4)
    void hash_isOfItsPinAlone(
            @ForAll @NumericChars @StringLength(min = 4, max = 8) String digits,
            @ForAll @NumericChars @StringLength(min = 4, max = 8) String other) {
        PinHash hash = PinHash.parse(PinHash.of(pin(digits)).text()).orElseThrow();

        assertThat(hash.isOf(pin(digits))).isTrue();
        assertThat(hash.isOf(pin(other))).isEqualTo(digits.equals(other));
    }

    @Test
    void samePinOfTwoPeople_isStoredDifferently() {
        assertThat(PinHash.of(pin("730518")).text())
                .isNotEqualTo(PinHash.of(pin("730518")).text());
    }

    @Test
    void hash_isPbkdf2WithHmacSha256() {
        PinHash known = PinHash.parse("pbkdf2-sha256:150000:" + "00".repeat(16)
                        + ":da2635e13bb410068a33692dd9ed06f237decbe5ec0532a95581da0810d4cc99")
                .orElseThrow();

        assertThat(known.isOf(pin("730518"))).isTrue();
        assertThat(known.isOf(pin("730519"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pbkdf2-sha256:999:", "plain:730518"})
    void otherText_isNoHash(String text) {
        assertThat(PinHash.parse(text)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 149_999, 150_001, 9_999_999})
    void otherNumberOfIterations_isNoHash(int iterations) {
        String salted = ":" + "00".repeat(16) + ":" + "00".repeat(32);

        assertThat(PinHash.parse("pbkdf2-sha256:150000" + salted)).isPresent();
        assertThat(PinHash.parse("pbkdf2-sha256:" + iterations + salted)).isEmpty();
    }

    @Test
    void noPin_isOfThePersonWithoutOne() {
        assertThat(PinHash.OF_NO_PIN.isOf(pin("0000"))).isFalse();
    }

    @Test
    void pin_isNotShownInLogs() {
        assertThat("" + pin("730518")).doesNotContain("730518");
        assertThat("" + PinHash.of(pin("730518"))).doesNotContain(":");
        assertThat("" + new PinStore.Known("Ann", "pbkdf2")).doesNotContain("pbkdf2");
    }

    private static Pin pin(String digits) {
        return Pin.parse(digits).orElseThrow();
    }
}
