package dev.rollcall.api;

import dev.rollcall.usecase.Refusal;

/** Ends the reading of a request that can't be understood; becomes a problem at the door of this package. */
final class InvalidRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    InvalidRequestException(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
