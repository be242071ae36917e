package dev.rollcall.engine;

/** The outcome of an analysis: a usable face, or a rejection. */
public sealed interface Analysis {

    /** The picture shows one usable face. */
    record Accepted(Face face) implements Analysis {}

    /** The picture can't be used. */
    record Rejected(Rejection rejection) implements Analysis {}
}
