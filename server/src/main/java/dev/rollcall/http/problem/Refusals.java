package dev.rollcall.http.problem;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The refusals that several places of the HTTP interface return, each with its one text. */
public final class Refusals {

    private Refusals() {}

    public static Refusal notFound() {
        return new Refusal(Code.NOT_FOUND, "There is nothing at this address.");
    }

    public static Refusal httpsRequired() {
        return new Refusal(
                Code.HTTPS_REQUIRED,
                "Other machines make this call over HTTPS. The page /trust says how; an API key that was sent can be read on the way.");
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

    /**
     * A query parameter that the call doesn't have.
     *
     * @param known the names of those that it has, in the order of the alphabet
     */
    public static Refusal unknownParameter(String name, Collection<String> known) {
        String has = known.isEmpty() ? "no query parameters" : "the query parameters " + String.join(", ", known);
        return new Refusal(
                Code.INVALID_REQUEST,
                "This call has no query parameter \"" + name + "\". It has " + has + ".",
                Map.of("field", name, "parameters", List.copyOf(known)));
    }

    public static Refusal repeatedParameter(String name) {
        return new Refusal(Code.INVALID_REQUEST, name + " is given more than once.", Map.of("field", name));
    }

    public static Refusal emptyParameter(String name) {
        return new Refusal(Code.INVALID_REQUEST, name + " has no value.", Map.of("field", name));
    }

    /** A database that can't be reached, by a call that wrote nothing. */
    public static Refusal storeUnavailable() {
        return new Refusal(Code.STORE_UNAVAILABLE, "The database can't be reached. Nothing was written; try again.");
    }

    public static Refusal internal() {
        return new Refusal(Code.INTERNAL, "Something is broken; the log has more under the request id.");
    }

    /** A body that came too slowly, or stopped. */
    public static Refusal bodyTooSlow() {
        return new Refusal(Code.REQUEST_TIMEOUT, "The request's body came too slowly, or stopped.");
    }

    /** A body whose memory or place is given to requests that wait. */
    public static Refusal bodySlowerThanOthers() {
        return new Refusal(Code.OVERLOADED, "The body came slowly, and others wait. Try again in a moment.");
    }
}
