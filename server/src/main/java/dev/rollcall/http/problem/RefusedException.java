package dev.rollcall.http.problem;

import dev.rollcall.outcome.Attempt;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Map;

/** The exception that ends a refused request while it is read or handled; {@link Failures} turns it into the response. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /** A request that is not valid, whatever its fields. */
    public static RefusedException invalid(String detail) {
        return new RefusedException(new Refusal(Code.INVALID_REQUEST, detail));
    }

    /** A request that is not valid because of one field. */
    public static RefusedException invalid(String field, String detail) {
        return new RefusedException(new Refusal(Code.INVALID_REQUEST, detail, Map.of("field", field)));
    }

    /** A request that is larger than {@code limit} bytes. */
    public static RefusedException tooLarge(long limit) {
        return new RefusedException(new Refusal(
                Code.PAYLOAD_TOO_LARGE, "The request is larger than this service takes.", Map.of("max_bytes", limit)));
    }

    /** The value of what was done; a refusal ends the request. */
    public static <T> T unlessDone(Attempt<T> attempt) {
        if (attempt instanceof Attempt.Done<T> done) {
            return done.value();
        }
        throw new RefusedException(((Attempt.Refused<T>) attempt).refusal());
    }

    public Refusal refusal() {
        return refusal;
    }
}
