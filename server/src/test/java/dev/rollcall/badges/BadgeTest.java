package dev.rollcall.badges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.people.UserId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadgeTest {

    private static final byte[] KEY = "key-of-the-site-with-32-bytes.32".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "key-of-the-site-with-32-bytes.33".getBytes(StandardCharsets.US_ASCII);

    @Provide
    Arbitrary<UserId> people() {
        return Arbitraries.strings()
                .withChars("abzABZ0129._-@:")
                .ofMinLength(1)
                .ofMaxLength(UserId.MAX_LENGTH)
                .map(UserId::new);
    }

    @Property(tries = 300)
    void textOfABadge_isReadAsTheSameBadge(@ForAll("people") UserId userId) {
        Badge badge = Badge.signed(userId, "a-B_09", KEY);

        assertThat(Badge.parse(badge.text())).contains(badge);
        assertThat(badge.text()).hasSizeLessThanOrEqualTo(Badge.MAX_LENGTH);
        assertThat(badge.isValid("a-B_09", KEY)).isTrue();
    }

    @Property(tries = 300)
    void badgeWithAnyOtherCharacter_isNotValid(
            @ForAll("people") UserId userId,
            @ForAll @IntRange(max = 97) int place,
            @ForAll @IntRange(min = 33, max = 126) int other) {
        String text = Badge.signed(userId, "a-B_09", KEY).text();
        int changed = place % text.length();
        if (text.charAt(changed) == other) {
            return;
        }
        String forged = text.substring(0, changed) + (char) other + text.substring(changed + 1);

        assertThat(Badge.parse(forged).filter(badge -> badge.isValid("a-B_09", KEY)))
                .isEmpty();
    }

    @Test
    void signature_isTheBeginningOfHmacSha256() {
        Badge badge = Badge.signed(new UserId("geronimo"), "f3Qx0a", new byte[32]);

        assertThat(badge.text()).isEqualTo("RC1.geronimo.f3Qx0a.3ZcxWiDNAsUcZ27xqjKNMw");
    }

    @Test
    void badgeOfAnotherKeyOrAnEarlierIssue_isNotValid() {
        Badge badge = Badge.signed(new UserId("geronimo"), "f3Qx0a", KEY);

        assertThat(badge.isValid("f3Qx0a", OTHER)).isFalse();
        assertThat(badge.isValid("f3Qx0b", KEY)).isFalse();
    }

    @Test
    void badgeOfThreeDots_isOfOnePersonOnly() {
        assertThat(Badge.parse("RC1.ann.f3Qx0a.f3Qx0b." + "A".repeat(22)).map(Badge::userId))
                .contains(new UserId("ann.f3Qx0a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RC1.",
                "https://example.com",
                "RC2.ann.f3Qx0a.AAAAAAAAAAAAAAAAAAAAAA",
                "rc1.ann.f3Qx0a.AAAAAAAAAAAAAAAAAAAAAA",
                "RC1.ann.f3Qx0.AAAAAAAAAAAAAAAAAAAAAA",
                "RC1.ann.f3Qx0a.AAAAAAAAAAAAAAAAAAAAA",
                "RC1..f3Qx0a.AAAAAAAAAAAAAAAAAAAAAA",
                "RC1.a b.f3Qx0a.AAAAAAAAAAAAAAAAAAAAAA",
                "RC1.ann.f3Qx0a.AAAAAAAAAAAAAAAAAAAAAA\n"
            })
    void otherText_isNoBadge(String text) {
        assertThat(Badge.parse(text)).isEqualTo(Optional.empty());
    }

    @Test
    void textThatIsTooLong_isNoBadge() {
        String text = Badge.signed(new UserId("a".repeat(UserId.MAX_LENGTH)), "f3Qx0a", KEY)
                .text();

        assertThat(text).hasSize(Badge.MAX_LENGTH);
        assertThat(Badge.parse(text.replace("RC1.", "RC1.a"))).isEmpty();
    }

    @Test
    void badge_isNotShownInLogs() {
        Badge badge = Badge.signed(new UserId("geronimo"), "f3Qx0a", KEY);

        assertThat("" + badge).doesNotContain("f3Qx0a").doesNotContain(badge.signature());
        assertThat("" + new BadgeSigner("f3Qx0a", KEY))
                .doesNotContain("f3Qx0a", HexFormat.of().formatHex(KEY));
    }
}
