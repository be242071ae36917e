package dev.rollcall.engine.image;

import dev.rollcall.engine.Rejection;

/** The outcome of decoding a file. */
public sealed interface Decoding {

    /** The file is a picture. */
    record Decoded(Image image) implements Decoding {}

    /** The file can't be used. */
    record Refused(Rejection rejection) implements Decoding {}
}
