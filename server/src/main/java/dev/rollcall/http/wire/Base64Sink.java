package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A streaming decoder of a request's picture: standard or URL-safe base64 (RFC 4648), with or without padding, line breaks
 * and a {@code data:} prefix. Not safe for use by several threads.
 */
final class Base64Sink {

    private static final int CHARACTERS = 256;
    private static final int BITS = 6;
    private static final int QUANTUM = 4;
    private static final byte INVALID = -1;
    private static final byte LINE_BREAK = -2;
    private static final byte PADDING = -3;
    private static final byte COLON = -4;
    private static final byte[] VALUES = values();

    /** The three bytes that the letters "data" decode to. */
    private static final int DATA = 0x75ab5a;

    private static final int BUFFER = 3 * 1024;

    private final PictureSink picture;
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long decoded;
    private int bits;
    private int pending;
    private int padding;
    private boolean inPrefix;
    private String field = "image";

    Base64Sink(PictureSink picture) {
        this.picture = picture;
    }

    private static byte[] values() {
        byte[] values = new byte[CHARACTERS];
        Arrays.fill(values, INVALID);
        byte[] alphabet =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
        for (byte i = 0; i < alphabet.length; i++) {
            values[alphabet[i]] = i;
        }
        values['-'] = values['+'];
        values['_'] = values['/'];
        values['\r'] = LINE_BREAK;
        values['\n'] = LINE_BREAK;
        values['='] = PADDING;
        values[':'] = COLON;
        return values;
    }

    /** Most bytes that a text of {@code characters} decodes to. */
    static long maxBytes(long characters) {
        return (characters / QUANTUM + 1) * (QUANTUM - 1);
    }

    /** Begins the only picture, and discards those that were begun before. */
    void begin() {
        picture.begin();
        field = "image";
        startAgain();
    }

    /** Begins a further picture. */
    void beginNext() {
        picture.beginNext();
        field = "images";
        startAgain();
    }

    /** Discards all pictures. */
    void clear() {
        picture.clear();
    }

    private void startAgain() {
        buffered = 0;
        decoded = 0;
        bits = 0;
        pending = 0;
        padding = 0;
        inPrefix = false;
    }

    /**
     * Decodes a part of the text.
     *
     * @throws RefusedException if it is not base64, or the picture is too large
     */
    void write(byte[] text, int start, int end) {
        int at = start;
        while (at < end) {
            if (pending == 0 && padding == 0 && !inPrefix) {
                at = decodeQuanta(text, at, end);
            }
            if (at < end) {
                write(text[at++]);
            }
        }
    }

    /** Decodes whole quanta of alphabet characters, the fast path; returns the index after the last. */
    private int decodeQuanta(byte[] text, int start, int end) {
        int at = start;
        while (end - at >= QUANTUM) {
            int group = (VALUES[text[at] & 0xFF] << (3 * BITS))
                    | (VALUES[text[at + 1] & 0xFF] << (2 * BITS))
                    | (VALUES[text[at + 2] & 0xFF] << BITS)
                    | VALUES[text[at + 3] & 0xFF];
            if (group < 0) {
                return at;
            }
            append(group);
            at += QUANTUM;
        }
        return at;
    }

    /** Decodes one character of the text. */
    void write(int character) {
        if (inPrefix) {
            inPrefix = character != ',';
            return;
        }
        byte value = character > 0 && character < CHARACTERS ? VALUES[character] : INVALID;
        if (value >= 0 && padding == 0) {
            bits = (bits << BITS) | value;
            if (++pending == QUANTUM) {
                append(bits);
                bits = 0;
                pending = 0;
            }
        } else if (value == PADDING && pending + padding > 1 && pending + padding < QUANTUM) {
            padding++;
        } else if (value == COLON && pending == 0 && decoded == QUANTUM - 1 && isDataPrefix()) {
            startAgain();
            inPrefix = true;
        } else if (value != LINE_BREAK) {
            throw notBase64();
        }
    }

    private boolean isDataPrefix() {
        return (((buffer[0] & 0xFF) << 16) | ((buffer[1] & 0xFF) << 8) | (buffer[2] & 0xFF)) == DATA;
    }

    private void append(int group) {
        if (buffered == BUFFER) {
            flush();
        }
        buffer[buffered++] = (byte) (group >> 16);
        buffer[buffered++] = (byte) (group >> 8);
        buffer[buffered++] = (byte) group;
        decoded += QUANTUM - 1;
    }

    private void flush() {
        picture.write(buffer, 0, buffered);
        buffered = 0;
    }

    /**
     * Ends the picture.
     *
     * @throws RefusedException if the text ended too early, or the picture is too large
     */
    void end() {
        if (inPrefix || pending == 1 || (padding > 0 && pending + padding != QUANTUM)) {
            throw notBase64();
        }
        flush();
        if (pending > 1) {
            picture.write((bits << ((QUANTUM - pending) * BITS)) >> 16);
        }
        if (pending > 2) {
            picture.write((bits << BITS) >> 8);
        }
    }

    private RefusedException notBase64() {
        return RefusedException.invalid(field, field + " is not valid base64");
    }
}
