package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What reading a request is refused with. */
final class Refusals {

    private Refusals() {}

    static Refusal of(ThrowingCallable reading) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, reading);
        if (refused == null) {
            throw new AssertionError("nothing was refused");
        }
        return refused.refusal();
    }
}
