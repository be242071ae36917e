package dev.rollcall.receipts;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;

/** The refusals about receipts. */
public final class ReceiptRefusals {

    private ReceiptRefusals() {}

    /** No key with the id was replaced. */
    public static Refusal keyNotFound() {
        return new Refusal(
                Code.RECEIPT_KEY_NOT_FOUND,
                "There is no replaced key of receipts with this id. Replace the key that signs before it is removed.");
    }
}
