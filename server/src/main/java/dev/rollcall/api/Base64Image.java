package dev.rollcall.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Decodes the picture of a request: standard or URL-safe base64, with or without padding, line breaks and a {@code data:}
 * prefix, and with the characters that JSON writers like to escape (the slash and, by its number, the plus sign).
 */
final class Base64Image {

    private static final int ESCAPED_CHARACTER = 4;

    private Base64Image() {}

    /**
     * Decodes a range of bytes.
     *
     * @param text the bytes of a JSON string's inside or of a form field; the range may be overwritten
     * @param start first byte
     * @param end behind the last byte
     */
    static byte[] decode(byte[] text, int start, int end) throws InvalidRequestException {
        try {
            int from = start + dataPrefix(text, start, end);
            return plain(text, from, end).orElseGet(() -> decoded(text, from, tidied(text, from, end)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw FaceRequest.invalid("image", "image is not valid base64");
        }
    }

    /** What nearly every client sends; empty for anything else, which is tidied first. */
    private static Optional<byte[]> plain(byte[] text, int start, int end) {
        try {
            return Optional.of(decoded(text, start, end));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(byte[] text, int start, int end) {
        ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(text, start, end - start));
        byte[] image = decoded.array();
        return decoded.remaining() == image.length ? image : Arrays.copyOf(image, decoded.remaining());
    }

    /** Length of a prefix like {@code data:image/jpeg;base64,}, or 0. */
    private static int dataPrefix(byte[] text, int start, int end) {
        byte[] data = "data:".getBytes(StandardCharsets.US_ASCII);
        if (end - start < data.length || !Arrays.equals(text, start, start + data.length, data, 0, data.length)) {
            return 0;
        }
        for (int i = start; i < end; i++) {
            if (text[i] == ',') {
                return i + 1 - start;
            }
        }
        throw new IllegalArgumentException("a data: prefix without end");
    }

    /** Brings the range into the standard alphabet, in place; answers where it ends now. */
    private static int tidied(byte[] text, int start, int end) {
        int out = start;
        int in = start;
        while (in < end) {
            int character = text[in++];
            if (character == '\\') {
                character = text[in++];
                if (character == 'u') {
                    String hex = new String(text, in, ESCAPED_CHARACTER, StandardCharsets.US_ASCII);
                    character = Integer.parseInt(hex, 16);
                    in += ESCAPED_CHARACTER;
                } else if (character == 'n' || character == 'r') {
                    continue;
                }
            }
            if (character != '\n' && character != '\r') {
                text[out++] = standard(character);
            }
        }
        return out;
    }

    private static byte standard(int character) {
        return switch (character) {
            case '-' -> '+';
            case '_' -> '/';
            default -> (byte) (character > Byte.MAX_VALUE ? -1 : character);
        };
    }
}
