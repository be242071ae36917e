package dev.rollcall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.PairingStore.OpenCode;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairingCodeTest {

    @Test
    void codes_haveSixOf31CharactersThatLookLikeNoOthers() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            codes.add(PairingCode.random().value());
        }

        assertThat(codes).hasSizeGreaterThan(990).allMatch(code -> code.matches("[2-9A-HJKMNP-Z]{6}"));
        assertThat(String.join("", codes).chars().distinct()).hasSize(31);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7K3MPQ", "7k3mpq", " 7K3 MPQ ", "7k3-mpq", "7-K-3-M-P-Q\n"})
    void typedCode_isReadInSmallLettersAndWithSeparators(String typed) {
        assertThat(PairingCode.parse(typed)).contains(new PairingCode("7K3MPQ"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7K3MP", "7K3MPQ7", "OK3MPQ", "1K3MPQ", "7K3MP\u0130", "7K3MP\0", "７K3MPQ"})
    void otherTexts_areNoCodes(String typed) {
        assertThat(PairingCode.parse(typed)).isEmpty();
        assertThat(PairingCode.parse("7K3MPQ" + " ".repeat(30))).isEmpty();
    }

    @Property(tries = 1000)
    void anyTextOfTheAlphabet_isReadAsItIs(@ForAll @IntRange(min = 0, max = 887_503_680) int number) {
        StringBuilder code = new StringBuilder();
        for (int i = 0, rest = number; i < PairingCode.LENGTH; i++, rest /= PairingCode.ALPHABET.length()) {
            code.append(PairingCode.ALPHABET.charAt(rest % PairingCode.ALPHABET.length()));
        }

        assertThat(PairingCode.parse(code.toString())).contains(new PairingCode(code.toString()));
    }

    @Test
    void hash_dependsOnTheCodeAndTheSalt() {
        String salt = PairingCode.newSalt();
        PairingCode code = new PairingCode("7K3MPQ");
        OpenCode stored = new OpenCode("id", salt, code.hash(salt));

        assertThat(stored.hash()).matches("[0-9a-f]{64}");
        assertThat(code.isOf(stored)).isTrue();
        assertThat(new PairingCode("7K3MPR").isOf(stored)).isFalse();
        assertThat(code.isOf(new OpenCode("id", PairingCode.newSalt(), stored.hash())))
                .isFalse();
        assertThat(code.toString()).doesNotContain("7K3MPQ");
    }

    /** Made with Python: hashlib.pbkdf2_hmac("sha512", b"7K3MPQ", bytes(16), 20000, 32). */
    @Test
    void hash_isPbkdf2WithHmacSha512() {
        assertThat(new PairingCode("7K3MPQ").hash("00".repeat(16)))
                .isEqualTo("014a21403a03dd91677da24eb34a83b4cf0ce7c371001c1b44fd395878743ec8");
    }
}
