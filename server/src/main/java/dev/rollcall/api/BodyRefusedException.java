package dev.rollcall.api;

import dev.rollcall.usecase.Refusal;
import java.io.IOException;

/** Ends the reading of a body that is refused, through whatever parser reads it. */
final class BodyRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    BodyRefusedException(Refusal refusal) {
        super(refusal.detail());
        this.refusal = refusal;
    }

    BodyRefusedException(InvalidRequestException invalid) {
        this(invalid.refusal());
    }

    InvalidRequestException asInvalidRequest() {
        return new InvalidRequestException(refusal);
    }
}
