package dev.rollcall.receipts;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of the keys that sign receipts. Every method may throw {@link StoreUnavailableException}. */
public interface ReceiptStore {

    /** All keys, the latest first. */
    List<ReceiptKey> keys();

    /** The key that signs; empty before the first one. */
    Optional<ReceiptKey.Pair> signing();

    /**
     * Offers a key; returns the one that signs then, which is another one if there was one and it isn't to be replaced. The audit log notes
     * a key that is taken.
     */
    ReceiptKey.Pair offer(ReceiptKey.Pair pair, boolean replace, Instant at, Caller caller);

    /**
     * Stores the private half of the key that signs as the present settings want it, encrypted under the present key or plain.
     *
     * @return how many keys were stored again: 0 or 1
     */
    long reseal(Instant at, Caller caller);
}
