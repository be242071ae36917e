package dev.rollcall.engine.image;

import java.io.IOException;

/** A picture of a readable format, but of a kind that is not read; the message names the kind. */
final class UnsupportedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    UnsupportedPictureException(String kind) {
        super(kind);
    }
}
