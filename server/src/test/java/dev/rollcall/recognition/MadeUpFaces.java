package dev.rollcall.recognition;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.Light;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.Pose;
import dev.rollcall.engine.Quality;

/** Faces that no engine has seen, with embeddings of chosen similarity. */
final class MadeUpFaces {

    /** Length of every face's embedding before normalisation. */
    static final float NORM = 3.25f;

    static final Liveness LIVE = new Liveness(0.75, 0.5);

    private MadeUpFaces() {}

    /** A direction of its own for each number from 0: those of two numbers have similarity 0. */
    static Embedding direction(int number) {
        return similar(number, 1, number);
    }

    /**
     * An embedding between two directions.
     *
     * @param similarity its cosine to the first direction, −1…1
     */
    static Embedding similar(int direction, double similarity, int otherDirection) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[otherDirection] = (float) Math.sqrt(1 - similarity * similarity);
        vector[direction] = (float) similarity;
        return Embedding.normalized(vector);
    }

    /** A picture's analysis that found a living face with this embedding. */
    static Analysis accepted(Embedding embedding) {
        return new Analysis.Accepted(face(embedding));
    }

    static Face face(Embedding embedding) {
        return new Face(
                new DetectedFace(new Box(10, 10, 110, 130), 0.9f),
                new Landmarks(
                        new Point(40, 50),
                        new Point(80, 50),
                        new Point(60, 75),
                        new Point(45, 100),
                        new Point(75, 100)),
                embedding,
                new Quality(new Quality.Extent(120, 40, 1), new Pose(0, 0, 0), new Light(0.5f, 0.5f, 0), 0.03f, NORM),
                LIVE,
                null);
    }
}
