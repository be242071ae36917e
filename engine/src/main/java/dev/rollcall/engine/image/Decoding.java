package dev.rollcall.engine.image;

import dev.rollcall.engine.Rejection;

/** What became of the bytes of a picture. */
public sealed interface Decoding {

    /** The bytes were a picture. */
    record Decoded(Image image) implements Decoding {}

    /** The bytes can't be used, and why. */
    record Refused(Rejection rejection) implements Decoding {}
}
