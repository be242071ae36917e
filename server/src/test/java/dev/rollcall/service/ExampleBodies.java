package dev.rollcall.service;

import dev.rollcall.openapi.ApiDocument;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Bodies made from the OpenAPI document's examples.
 *
 * @param document has an example of each body
 */
record ExampleBodies(ApiDocument document) {

    /** The document's own example of a call's body. */
    JsonObject of(String operationId) {
        return document.operation(operationId)
                .json()
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject(ApiDocument.JSON)
                .getJsonObject("example")
                .copy();
    }

    /** The document's example with every field, of another person and with a real picture. */
    String enrollment(String person) throws IOException {
        return enrollment(person, Pictures.portrait(person));
    }

    String enrollment(String userId, byte[] picture) {
        return of("enroll")
                .put("user_id", userId)
                .put("image", RunningService.base64(picture))
                .encode();
    }

    String claim(String userId, String portrait) throws IOException {
        return claim(userId, Pictures.portrait(portrait));
    }

    String claim(String userId, byte[] picture) {
        return of("recognize")
                .put("user_id", userId)
                .put("image", RunningService.base64(picture))
                .encode();
    }

    static byte[] gif() {
        return "GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1);
    }
}
