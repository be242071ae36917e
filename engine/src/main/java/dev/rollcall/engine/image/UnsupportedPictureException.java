package dev.rollcall.engine.image;

import java.io.IOException;

/** A picture of a format or coding that is not supported; the message names it. */
final class UnsupportedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    UnsupportedPictureException(String kind) {
        super(kind);
    }
}
