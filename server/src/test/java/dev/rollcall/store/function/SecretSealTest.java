package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.store.function.SecretSeal.Opening;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The stored form of secrets. */
class SecretSealTest {

    private static final TemplateKey KEY = key(1);
    private static final TemplateKey OLD = key(2);
    private static final SecretSeal PLAIN = new SecretSeal(Optional.empty(), Optional.empty());
    private static final SecretSeal SEAL = new SecretSeal(Optional.of(KEY), Optional.empty());
    private static final SecretSeal BOTH = new SecretSeal(Optional.of(OLD), Optional.of(KEY));

    @Property(tries = 100)
    void everySecret_isOpenedByItsKeyForItsPurpose(@ForAll @Size(max = 64) byte[] secret) {
        for (SecretSeal seal : List.of(PLAIN, SEAL)) {
            assertThat(seal.opened(seal.seal(secret, "a"), "a")).isEqualTo(secret);
        }
        assertThat(BOTH.opened(SEAL.seal(secret, "a"), "a")).isEqualTo(secret);
        assertThat(SEAL.open(SEAL.seal(secret, "a"), "b")).isInstanceOf(Opening.Failed.class);
    }

    @Property(tries = 200)
    void everyOtherText_opensNothingAndIsNoError(@ForAll String text) {
        assertThat(SEAL.open(text, "a")).isInstanceOf(Opening.Failed.class);
        assertThat(SEAL.open(KEY.id() + ":" + text, "a")).isInstanceOf(Opening.Failed.class);
    }

    @Test
    void everyChangedByte_opensNothing() {
        String stored = SEAL.seal(new byte[] {1, 2, 3}, "a");
        byte[] bytes = Base64.getDecoder().decode(stored.substring(KEY.id().length() + 1));
        for (int place = 0; place < bytes.length; place++) {
            byte[] changed = bytes.clone();
            changed[place] ^= 1;
            String text = KEY.id() + ":" + Base64.getEncoder().encodeToString(changed);

            assertThat(SEAL.open(text, "a"))
                    .isEqualTo(new Opening.Failed("a was changed, or belongs to something else"));
        }
    }

    @Test
    void sameSecret_isNeverStoredInTheSameForm() {
        assertThat(SEAL.seal(new byte[32], "a")).isNotEqualTo(SEAL.seal(new byte[32], "a"));
    }

    @Test
    void missingKey_isNamedWithoutTheSecret() {
        assertThatThrownBy(() -> PLAIN.opened(SEAL.seal(new byte[32], "the secret"), "the secret"))
                .hasMessageStartingWith("the secret is encrypted under the key " + KEY.id()
                        + ", which is neither TEMPLATE_KEY nor OLD_TEMPLATE_KEY");
    }

    @Test
    void onlyThePresentKey_isPresent() {
        String stored = SEAL.seal(new byte[32], "a");

        assertThat(SEAL.isPresent(stored)).isTrue();
        assertThat(BOTH.isPresent(stored)).isFalse();
        assertThat(PLAIN.isPresent(stored)).isFalse();
        assertThat(SEAL.isPresent(PLAIN.seal(new byte[32], "a"))).isFalse();
    }

    private static TemplateKey key(int fill) {
        byte[] bytes = new byte[TemplateKey.BYTES];
        Arrays.fill(bytes, (byte) fill);
        return TemplateKey.parse(Base64.getEncoder().encodeToString(bytes)).orElseThrow();
    }
}
