package dev.rollcall.api;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The opaque text that leads from one page of a list to the next. */
final class Cursor {

    private Cursor() {}

    static String of(long lastId) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(lastId).array());
    }

    /** The id behind a cursor, or 0 without one. */
    static long read(@Nullable String cursor) throws InvalidRequestException {
        if (cursor == null) {
            return 0;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length == Long.BYTES) {
                return ByteBuffer.wrap(bytes).getLong();
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the refusal below, as a cursor of another length does.
        }
        throw FaceRequest.invalid("next", "next is not a cursor that this service gave");
    }
}
