package dev.rollcall.receipts;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;

/** The refusals about receipts. */
public final class ReceiptRefusals {

    private ReceiptRefusals() {}

    /** The key that signs receipts can't be decrypted. The service's log says under which key it is encrypted; the response doesn't. */
    public static Refusal keyLocked() {
        return new Refusal(
                Code.RECEIPT_KEY_LOCKED,
                "The key that signs receipts can't be decrypted. An administrator sets TEMPLATE_KEY to the key that it was encrypted"
                        + " under, or replaces it by POST /v1/receipts/key.");
    }

    /** No key with the id was replaced. */
    public static Refusal keyNotFound() {
        return new Refusal(
                Code.RECEIPT_KEY_NOT_FOUND,
                "There is no replaced key of receipts with this id. Replace the key that signs before it is removed.");
    }
}
