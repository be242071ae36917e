package dev.rollcall.http.pages;

import dev.rollcall.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** One file of the pages in memory, with a compressed copy. Its bytes must not be changed. */
final class PageFile {

    /** Digits of the hash that are its tag: 64 bits, enough to tell the versions of one file apart. */
    private static final int TAG_DIGITS = 16;

    private final String type;
    private final String tag;
    private final byte[] content;
    private final byte[] compressed;

    private PageFile(String type, String tag, byte[] content, byte[] compressed) {
        this.type = type;
        this.tag = tag;
        this.content = content;
        this.compressed = compressed;
    }

    /**
     * Compresses a file.
     *
     * @param type its media type
     */
    static PageFile of(String type, byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        String tag = Sha256.hex(content).substring(0, TAG_DIGITS);
        return new PageFile(type, tag, content, compressed.toByteArray());
    }

    String type() {
        return type;
    }

    /** The value of the entity tag of the file or of its compressed copy, which differ (RFC 9110, 8.8.3.3). */
    String tag(boolean isCompressed) {
        return isCompressed ? tag + "-gzip" : tag;
    }

    byte[] bytes(boolean isCompressed) {
        return isCompressed ? compressed : content;
    }
}
