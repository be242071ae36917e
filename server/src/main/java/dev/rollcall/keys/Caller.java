package dev.rollcall.keys;

import org.jspecify.annotations.Nullable;

/**
 * The originator of an action, for the audit log.
 *
 * @param keyId the id of the API key, or a word for a caller without one
 * @param requestId the id of the HTTP request, or null outside of one
 * @param address the client's network address, or null outside of a request
 */
public record Caller(
        String keyId, @Nullable String requestId, @Nullable String address) {

    /** A command on the server's command line. */
    public static final Caller COMMAND_LINE = new Caller("command-line", null, null);

    /** The service itself, at its start. */
    public static final Caller SERVICE = new Caller("service", null, null);
}
