package dev.rollcall.http.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** Reads bodies of JSON for tests, and has a picture to put into them. */
final class JsonBodies {

    /** The most bytes of pictures that a body may have. */
    static final int LIMIT = 20_000;

    /** A picture whose base64 has each of the characters in which its two alphabets differ. */
    static final byte[] PICTURE = {(byte) 0xFB, (byte) 0xEF, (byte) 0xBE, (byte) 0xFF, 1};

    /** The picture in standard base64. */
    static final String STANDARD = "++++/wE=";

    private JsonBodies() {}

    static FaceRequest read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    static FaceRequest read(byte[] body) {
        try {
            return JsonFields.read(new ByteArrayInputStream(body), sink());
        } catch (IOException e) {
            throw new IllegalStateException("a byte array can't fail", e);
        }
    }

    /** Where a body's pictures go. */
    static PictureSink sink() {
        return new PictureSink(LIMIT, -1, new ReentrantLock());
    }
}
