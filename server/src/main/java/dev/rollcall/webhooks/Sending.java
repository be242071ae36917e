package dev.rollcall.webhooks;

import java.net.URI;
import java.util.Map;

/** What sends an event over HTTP. Implementations are safe for use by several threads. */
interface Sending {

    /**
     * Posts a body and waits for the status of the answer, for a bounded time.
     *
     * @param headers besides those that HTTP needs
     */
    Answer post(URI url, Map<String, String> headers, byte[] body);
}
