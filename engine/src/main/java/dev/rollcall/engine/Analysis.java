package dev.rollcall.engine;

/** What became of a picture: a face, or the reason why there is none to use. */
public sealed interface Analysis {

    /** The picture shows one usable face. */
    record Accepted(Face face) implements Analysis {}

    /** The picture can't be used. */
    record Rejected(Rejection rejection) implements Analysis {}
}
