package dev.rollcall.keys;

import org.jspecify.annotations.Nullable;

/**
 * The originator of an action, for the audit log.
 *
 * @param keyId the id of the API key, or a word for a caller without one
 * @param requestId the id of the HTTP request, or null outside of one
 * @param address the client's network address, or null outside of a request
 * @param site the site that the API key belongs to, or null for a caller without one
 */
public record Caller(
        String keyId,
        @Nullable String requestId,
        @Nullable String address,
        @Nullable String site) {

    /** A command on the server's command line. */
    public static final Caller COMMAND_LINE = new Caller("command-line", null, null);

    /** The service itself, at its start. */
    public static final Caller SERVICE = new Caller("service", null, null);

    /** A caller that belongs to no site. */
    public Caller(String keyId, @Nullable String requestId, @Nullable String address) {
        this(keyId, requestId, address, null);
    }
}
