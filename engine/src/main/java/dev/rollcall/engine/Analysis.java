package dev.rollcall.engine;

import org.jspecify.annotations.Nullable;

/** The outcome of an analysis: a usable face, or a rejection. */
public sealed interface Analysis {

    /**
     * The picture shows one usable face.
     *
     * @param shape the face's 68 points, in pixels of the upright picture; null where they are not known
     */
    record Accepted(Face face, @Nullable FaceShape shape) implements Analysis {

        /** A face whose 68 points are not known. */
        public Accepted(Face face) {
            this(face, null);
        }
    }

    /** The picture can't be used. */
    record Rejected(Rejection rejection) implements Analysis {}
}
