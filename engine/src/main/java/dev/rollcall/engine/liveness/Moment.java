package dev.rollcall.engine.liveness;

import dev.rollcall.engine.AlignedFace;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Liveness;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The liveness of several pictures of one face at one moment. Holds no state: safe for use by several threads.
 */
public final class Moment {

    /**
     * Least change between living faces. Living faces 0.3 seconds apart are above; one picture that is moved, turned, enlarged and
     * compressed again is below in three of four cases, if its face is 150 pixels high or more: bench/results/attacks.md.
     */
    public static final double LEAST_CHANGE = 0.0003;

    private Moment() {}

    /**
     * The median of the scores, of an even number the lower one; 0 when all pictures are one still picture. So more than half of
     * the pictures must look alive: one that does so by chance isn't enough, and one that doesn't is no harm.
     *
     * @return empty when no face has a score
     */
    public static Optional<Liveness> liveness(List<Face> faces) {
        List<Liveness> each =
                faces.stream().map(Face::liveness).filter(Objects::nonNull).toList();
        if (each.size() < 2) {
            return each.stream().findFirst();
        }
        double[] scores = each.stream().mapToDouble(Liveness::score).sorted().toArray();
        double median = scores[(scores.length - 1) / 2];
        return Optional.of(new Liveness(isStill(faces) ? 0 : median, each.get(0).threshold()));
    }

    /** Whether all faces are one still picture, perhaps moved: none differs from another as living faces do. */
    private static boolean isStill(List<Face> faces) {
        OptionalDouble change = change(faces, LEAST_CHANGE);
        return change.isPresent() && change.getAsDouble() < LEAST_CHANGE;
    }

    /**
     * How much the first face differs from the one that differs most from it: 0 for the same picture, whatever its place, size,
     * direction and brightness.
     *
     * @param enough a change from which on no further faces are compared
     * @return empty with fewer than two faces, or when one was not kept
     */
    public static OptionalDouble change(List<Face> faces, double enough) {
        List<AlignedFace> aligned =
                faces.stream().map(Face::aligned).filter(Objects::nonNull).toList();
        if (aligned.size() < 2 || aligned.size() < faces.size()) {
            return OptionalDouble.empty();
        }
        double most = 0;
        for (int i = 1; i < aligned.size() && most < enough; i++) {
            most = Math.max(most, new Registration(aligned.get(0), aligned.get(i)).difference());
        }
        return OptionalDouble.of(most);
    }
}
