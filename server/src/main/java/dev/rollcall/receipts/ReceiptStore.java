package dev.rollcall.receipts;

import dev.rollcall.keys.By;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/** The store of the keys that sign receipts. Every method may throw {@link StoreUnavailableException}. */
public interface ReceiptStore {

    /** All keys: the one that signs, then the latest first. */
    List<ReceiptKey> keys();

    /** The key that signs; empty before the first one. */
    Optional<Signing> signing();

    /** The key that signs, as far as it can be opened. */
    sealed interface Signing {

        /** It can sign. */
        record Ready(ReceiptKey.Pair pair) implements Signing {}

        /**
         * Its private half can't be opened.
         *
         * @param reason why not, in words for an administrator; without the key
         */
        record Locked(String reason) implements Signing {}
    }

    /**
     * Offers a key; returns the one that signs then, which is another one if there was one and it isn't to be replaced. The audit log notes
     * a key that is taken.
     */
    ReceiptKey.Pair offer(ReceiptKey.Pair pair, boolean replace, By by);

    /** Removes a key that another one has replaced; false if there is no such key. */
    boolean remove(String id, By by);

    /**
     * Encrypts the private half of the key that signs under the present key, or decrypts it if there is none; returns for how many keys that
     * was to be done: 0 or 1.
     *
     * @throws StoreSetupException if it can't be opened
     */
    long reseal(By by);
}
