package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "emp.1", "A_b-c@d:9", "0123456789012345678901234567890123456789012345678901234567890123"})
    void lettersDigitsAndSomeSigns_areAUserId(String text) {
        assertThat(UserId.parse(text)).map(UserId::value).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void segmentsThatAddressesLose_areNoNewUserIdAndStillAStoredOne(String text) {
        assertThat(UserId.parse(text)).isEmpty();
        assertThat(UserId.stored(text)).map(UserId::value).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", ".a", "a..", "-."})
    void otherTextsOfDots_areAUserId(String text) {
        assertThat(UserId.parse(text)).map(UserId::value).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "ä",
                "a\n",
                "a/b",
                "'; drop table people",
                "a\u0000",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void anythingElse_isNone(String text) {
        assertThat(UserId.parse(text)).isEmpty();
        assertThat(UserId.stored(text)).isEmpty();
    }
}
