package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.By;
import dev.rollcall.receipts.ReceiptKey;
import dev.rollcall.receipts.ReceiptStore;
import dev.rollcall.receipts.ReceiptStore.Signing;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of the keys of receipts must do. */
interface ReceiptStoreContract {

    By BY = new By(MORNING, CALLER);

    DatabaseFunctions functions();

    SecretSeal secretSeal();

    default ReceiptStore receiptKeys() {
        return new FunctionReceiptStore(functions(), secretSeal());
    }

    private ReceiptKey.Pair replaced() {
        return receiptKeys().offer(ReceiptKey.Pair.random(MORNING), true, BY);
    }

    @Test
    default void keyThatIsOffered_signsIfNoneDoes() {
        ReceiptKey.Pair signs = replaced();

        ReceiptKey.Pair other = receiptKeys().offer(ReceiptKey.Pair.random(MORNING), false, BY);

        assertThat(other.key()).isEqualTo(signs.key());
        ReceiptKey.Pair read = ((Signing.Ready) receiptKeys().signing().orElseThrow()).pair();
        assertThat(read.key()).isEqualTo(signs.key());
        assertThat(Arrays.equals(
                        read.privateKey().getEncoded(), signs.privateKey().getEncoded()))
                .isTrue();
    }

    @Test
    default void keyThatSigns_isListedFirstAlsoAfterAClockThatWentBack() {
        replaced();
        Instant earlier = MORNING.minusSeconds(3600);

        ReceiptKey signs = receiptKeys()
                .offer(ReceiptKey.Pair.random(earlier), true, new By(earlier, CALLER))
                .key();

        assertThat(receiptKeys().keys().get(0)).isEqualTo(signs);
    }

    @Test
    default void replacedKey_staysListedWithTheTimeAndWithoutItsPrivateHalf() {
        ReceiptKey first = replaced().key();
        Instant later = MORNING.plusSeconds(60);

        ReceiptKey second = receiptKeys()
                .offer(ReceiptKey.Pair.random(later), true, new By(later, CALLER))
                .key();

        List<ReceiptKey> keys = receiptKeys().keys();
        assertThat(keys.get(0)).isEqualTo(second);
        assertThat(second.replacedAt()).isNull();
        assertThat(keys)
                .filteredOn(key -> key.id().equals(first.id()))
                .singleElement()
                .satisfies(key -> assertThat(key.replacedAt()).isEqualTo(later));
        replaced();
    }

    @Test
    default void twoOffersAtOnce_giveOneKeyThatSigns() {
        ReceiptKey before = replaced().key();

        List<CompletableFuture<ReceiptKey.Pair>> offers = IntStream.range(0, 6)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> receiptKeys().offer(ReceiptKey.Pair.random(MORNING), number % 2 == 0, BY)))
                .toList();
        List<ReceiptKey> signed =
                offers.stream().map(offer -> offer.join().key()).toList();

        assertThat(receiptKeys().keys())
                .filteredOn(key -> key.replacedAt() == null)
                .hasSize(1);
        assertThat(receiptKeys().keys()).extracting(ReceiptKey::id).contains(before.id());
        assertThat(receiptKeys().keys())
                .extracting(ReceiptKey::id)
                .containsAll(signed.stream().map(ReceiptKey::id).toList());
    }

    @Test
    default void replacedKey_canBeRemovedAndTheOneThatSignsCannot() {
        ReceiptKey first = replaced().key();
        assertThat(receiptKeys().remove(first.id(), BY)).isFalse();
        ReceiptKey second = replaced().key();

        assertThat(receiptKeys().remove(first.id(), BY)).isTrue();

        assertThat(receiptKeys().remove(first.id(), BY)).isFalse();
        assertThat(receiptKeys().keys())
                .extracting(ReceiptKey::id)
                .contains(second.id())
                .doesNotContain(first.id());
    }
}
