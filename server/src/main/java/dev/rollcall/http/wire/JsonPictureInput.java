package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a JSON request in which the texts of the fields {@code image} and {@code images} (an array) of the outermost
 * object are empty: they are decoded into their sink while the body is read, so that they are never in memory as strings. The
 * reader checks whether the rest is valid JSON. A body in UTF-16 or UTF-32 (a zero byte among its first four) is passed on unchanged. Not safe for
 * use by several threads.
 */
final class JsonPictureInput extends InputStream {

    private static final int CHUNK = 8_192;
    private static final int ENCODING_BYTES = 4;
    private static final int ESCAPED_CHARACTER = 4;
    private static final int HEX = 16;
    private static final int NO_MATCH = -1;

    /** Replaces a character that JSON allows and base64 doesn't. */
    private static final int NOT_BASE64 = 0;

    private static final byte[] IMAGES = {'i', 'm', 'a', 'g', 'e', 's'};
    private static final int IMAGE_LENGTH = IMAGES.length - 1;

    /** The state of the scanner: where in the text the next byte is. */
    private enum State {
        STRUCTURE,
        STRING,
        STRING_ESCAPE,
        PICTURE,
        PICTURE_ESCAPE,
        PICTURE_CODE,
        PICTURE_END,
        OTHER_ENCODING
    }

    private final InputStream body;
    private final Base64Sink sink;
    private final byte[] chunk = new byte[CHUNK];
    private int from;
    private int to;
    private boolean first = true;

    private State state = State.STRUCTURE;
    private int depth;
    private boolean keyIsNext;
    private boolean keyIsImage;
    private boolean keyIsImages;
    private boolean inImages;
    private boolean imagesBegun;
    private int matched;
    private int code;
    private int codeDigits;
    private int pictures;

    JsonPictureInput(InputStream body, Base64Sink sink) {
        this.body = body;
        this.sink = sink;
    }

    /** How many texts of pictures were decoded. */
    int pictures() {
        return pictures;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int start, int most) throws IOException {
        int count = 0;
        while (count == 0 && most > 0) {
            if (from == to && !fill()) {
                return -1;
            }
            while (from < to && count < most) {
                if (state == State.PICTURE) {
                    decodePicture();
                } else {
                    byte next = chunk[from++];
                    if (isPassedOn(next)) {
                        into[start + count++] = next;
                    }
                }
            }
        }
        return count;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = 0;
        int wanted = first ? ENCODING_BYTES : 1;
        while (to < wanted) {
            int count = body.read(chunk, to, CHUNK - to);
            if (count < 0) {
                break;
            }
            to += count;
        }
        for (int i = 0; first && i < Math.min(to, ENCODING_BYTES); i++) {
            state = chunk[i] == 0 ? State.OTHER_ENCODING : state;
        }
        first = false;
        return to > 0;
    }

    /** Decodes the picture's text up to its end, to an escape, or to the end of the chunk. */
    private void decodePicture() {
        int end = from;
        while (end < to && chunk[end] != '"' && chunk[end] != '\\') {
            if (chunk[end] >= 0 && chunk[end] < ' ') {
                throw notJson();
            }
            end++;
        }
        sink.write(chunk, from, end);
        from = end;
        if (end < to && chunk[end] == '"') {
            sink.end();
            state = State.PICTURE_END;
        } else if (end < to) {
            from++;
            state = State.PICTURE_ESCAPE;
        }
    }

    /** Processes one byte; returns whether the reader gets it. */
    private boolean isPassedOn(byte next) {
        switch (state) {
            case STRUCTURE -> structure(next);
            case STRING -> string(next);
            case STRING_ESCAPE -> state = State.STRING;
            case PICTURE_END -> {
                state = State.STRUCTURE;
                keyIsImage = false;
            }
            case PICTURE_ESCAPE -> {
                escape(next);
                return false;
            }
            case PICTURE_CODE -> {
                escapeCode(next);
                return false;
            }
            case PICTURE, OTHER_ENCODING -> {}
        }
        return true;
    }

    private void structure(byte next) {
        switch (next) {
            case '"' -> beginString();
            case '{', '[' -> {
                beginImages(next);
                depth++;
                keyIsNext = depth == 1;
            }
            case '}', ']' -> {
                depth--;
                inImages &= depth > 1;
            }
            case ',' -> {
                keyIsNext |= depth == 1;
                keyIsImage &= depth != 1;
                keyIsImages &= depth != 1;
            }
            case ':' -> keyIsNext &= depth != 1;
            default -> {}
        }
    }

    /** Begins the array of pictures, if a bracket opens that. */
    private void beginImages(byte bracket) {
        if (bracket == '[' && depth == 1 && keyIsImages && !keyIsNext) {
            inImages = true;
            keyIsImages = false;
            imagesBegun = false;
        }
    }

    private void beginString() {
        if (depth == 1 && keyIsImage && !keyIsNext) {
            sink.begin();
            pictures++;
            state = State.PICTURE;
        } else if (depth == 2 && inImages) {
            if (!imagesBegun) {
                sink.clear();
                imagesBegun = true;
            }
            sink.beginNext();
            pictures++;
            state = State.PICTURE;
        } else {
            matched = 0;
            state = State.STRING;
        }
    }

    private void string(byte next) {
        if (next == '"') {
            if (depth == 1 && keyIsNext) {
                keyIsImage = matched == IMAGE_LENGTH;
                keyIsImages = matched == IMAGES.length;
            }
            state = State.STRUCTURE;
        } else if (next == '\\') {
            matched = NO_MATCH;
            state = State.STRING_ESCAPE;
        } else {
            matched = matched >= 0 && matched < IMAGES.length && next == IMAGES[matched] ? matched + 1 : NO_MATCH;
        }
    }

    private void escape(byte next) {
        state = State.PICTURE;
        switch (next) {
            case 'u' -> {
                code = 0;
                codeDigits = 0;
                state = State.PICTURE_CODE;
            }
            case 'n', 'r' -> sink.write('\n');
            case '/' -> sink.write('/');
            case 'b', 'f', 't', '"', '\\' -> sink.write(NOT_BASE64);
            default -> throw notJson();
        }
    }

    private void escapeCode(byte next) {
        int digit = Character.digit(next, HEX);
        if (digit < 0) {
            throw notJson();
        }
        code = code * HEX + digit;
        if (++codeDigits == ESCAPED_CHARACTER) {
            sink.write(code);
            state = State.PICTURE;
        }
    }

    private static RefusedException notJson() {
        return RefusedException.invalid("the body is not valid JSON");
    }
}
