package dev.rollcall.api;

import dev.rollcall.people.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The opaque text that leads from one page of a list to the next. */
final class Cursor {

    private Cursor() {}

    static String of(long lastId) {
        return text(ByteBuffer.allocate(Long.BYTES).putLong(lastId).array());
    }

    static String of(UserId lastUserId) {
        return text(lastUserId.value().getBytes(StandardCharsets.UTF_8));
    }

    /** The id behind a cursor, or 0 without one. */
    static long readId(@Nullable String cursor) throws InvalidRequestException {
        if (cursor == null) {
            return 0;
        }
        byte[] bytes = bytes(cursor);
        if (bytes.length != Long.BYTES) {
            throw notACursor();
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** The user id behind a cursor, or null without one. */
    static @Nullable UserId readUserId(@Nullable String cursor) throws InvalidRequestException {
        if (cursor == null) {
            return null;
        }
        return UserId.stored(new String(bytes(cursor), StandardCharsets.UTF_8)).orElseThrow(Cursor::notACursor);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String cursor) throws InvalidRequestException {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw notACursor();
        }
    }

    private static InvalidRequestException notACursor() {
        return FaceRequest.invalid("next", "next is not a cursor that this service gave");
    }
}
