package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** An error response of the REST interface. */
final class RestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * Creates an error.
     *
     * @param code PostgREST's or PostgreSQL's code, or nothing for the gateway's errors, which have none
     */
    RestException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    byte[] body() {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("message", getMessage())
                .putNull("details")
                .putNull("hint");
        return (code.isEmpty() ? body : body.put("code", code)).toString().getBytes(StandardCharsets.UTF_8);
    }
}
