package dev.rollcall.store.function;

import static dev.rollcall.store.function.DeviceFixture.newTime;
import static dev.rollcall.store.function.PairingStoreContract.NETWORK;
import static dev.rollcall.store.function.PairingStoreContract.TABLET;
import static dev.rollcall.store.function.Samples.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Pairings;
import dev.rollcall.keys.Pairings.Client;
import dev.rollcall.keys.Pairings.Making;
import dev.rollcall.keys.Pairings.Redeeming;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How every store of pairings and {@link Pairings} limit those who guess codes. */
interface PairingGuessesContract extends DeviceFixture {

    @Test
    default void guesses_areLimitedOverTwoInstances() {
        Clock clock = Clock.fixed(newTime(), ZoneOffset.UTC);
        List<Pairings> instances = List.of(new Pairings(pairings(), clock), new Pairings(pairings(), clock));
        String code = made(instances.get(0)).code();

        for (int i = 0; i < 10; i++) {
            assertThat(refused(instances.get(i % 2), "222222", NETWORK).code()).isEqualTo(Code.PAIRING_CODE_INVALID);
        }

        for (Pairings instance : instances) {
            Refusal refusal = refused(instance, code, NETWORK);
            assertThat(refusal.code()).isEqualTo(Code.RATE_LIMITED);
            assertThat(refusal.facts()).isEqualTo(Map.of("retry_after_s", 600L));
        }
        assertThat(instances.get(1).redeem(code, new Client("192.0.2.8", null, TABLET)))
                .isInstanceOf(Redeeming.Paired.class);
    }

    @Test
    default void guessesFromManyAddresses_areLimitedTogether() {
        Clock clock = Clock.fixed(newTime(), ZoneOffset.UTC);
        List<Pairings> instances = List.of(new Pairings(pairings(), clock), new Pairings(pairings(), clock));
        for (int i = 0; i < 100; i++) {
            assertThat(refused(instances.get(i % 2), "222222", "192.0.2." + i).code())
                    .isEqualTo(Code.PAIRING_CODE_INVALID);
        }

        String code = made(instances.get(0)).code();

        assertThat(refused(instances.get(1), code, "198.51.100.1").code()).isEqualTo(Code.RATE_LIMITED);
    }

    @Test
    default void codesThatAreWrongUsedCancelledOrExpired_areRefusedInTheSameWay() {
        Instant now = newTime();
        Pairings then = new Pairings(pairings(), Clock.fixed(now, ZoneOffset.UTC));
        Making.Made used = made(then);
        assertThat(then.redeem(" " + used.code().toLowerCase(Locale.ROOT).replaceAll("(...)", "$1-"), client()))
                .isInstanceOf(Redeeming.Paired.class);
        Making.Made cancelled = made(then);
        then.cancel(cancelled.pairing().id(), CALLER);
        Making.Made expired = made(then);
        Pairings later = new Pairings(pairings(), Clock.fixed(now.plusSeconds(600), ZoneOffset.UTC));

        List<Refusal> refusals = List.of(
                refused(then, used.code(), NETWORK),
                refused(then, cancelled.code(), NETWORK),
                refused(later, expired.code(), NETWORK),
                refused(then, "222222", NETWORK),
                refused(then, "0OIL1", NETWORK),
                refused(then, "", NETWORK),
                refused(then, "\0".repeat(100), NETWORK));

        assertThat(refusals)
                .containsOnly(refusals.get(0))
                .extracting(Refusal::code)
                .contains(Code.PAIRING_CODE_INVALID);
    }

    private static Making.Made made(Pairings pairings) {
        return (Making.Made) pairings.create("gate", ApiKey.DEFAULT_SITE, CALLER);
    }

    private static Client client() {
        return new Client(NETWORK, null, TABLET);
    }

    private static Refusal refused(Pairings pairings, String code, String network) {
        return ((Redeeming.Refused) pairings.redeem(code, new Client(network, null, TABLET))).refusal();
    }
}
