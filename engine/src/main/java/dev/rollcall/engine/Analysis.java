package dev.rollcall.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of an analysis: a usable face, or a rejection. */
public sealed interface Analysis {

    /**
     * The picture shows one usable face.
     *
     * @param shape the face's 68 points, in pixels of the upright picture; null where they are not known
     * @param bystanders the embeddings of further people in front of the camera; empty unless the rules ask for them
     */
    record Accepted(Face face, @Nullable FaceShape shape, List<Embedding> bystanders) implements Analysis {

        public Accepted {
            bystanders = List.copyOf(bystanders);
        }

        /** A face whose 68 points are not known. */
        public Accepted(Face face) {
            this(face, null, List.of());
        }
    }

    /** The picture can't be used. */
    record Rejected(Rejection rejection) implements Analysis {}
}
