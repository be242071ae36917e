package dev.rollcall.http.problem;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;

/** The refusals that several places of the HTTP interface return, each with its one text. */
public final class Refusals {

    private Refusals() {}

    public static Refusal notFound() {
        return new Refusal(Code.NOT_FOUND, "There is nothing at this address.");
    }

    public static Refusal methodNotAllowed() {
        return new Refusal(Code.METHOD_NOT_ALLOWED, "This address doesn't take this method.");
    }

    public static Refusal notUnderstood() {
        return new Refusal(Code.INVALID_REQUEST, "The request is not understood.");
    }

    /** A malformed request target (RFC 9110, 4.2). */
    public static Refusal malformedAddress() {
        return new Refusal(
                Code.INVALID_REQUEST,
                "The address has a character that must be percent-encoded, or a wrong percent-encoding.");
    }

    /** A database that can't be reached, by a call that wrote nothing. */
    public static Refusal storeUnavailable() {
        return new Refusal(Code.STORE_UNAVAILABLE, "The database can't be reached. Nothing was written; try again.");
    }

    public static Refusal internal() {
        return new Refusal(Code.INTERNAL, "Something is broken; the log has more under the request id.");
    }
}
