package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Box;
import dev.rollcall.recognition.challenge.Progress.Straight;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule that all frames of a challenge show one face that moves as a person does. The limits of similarity were chosen on films of
 * three people, on which {@code bench challenges} tries them: bench/results/challenges.md has the table. The others are estimates.
 */
final class Continuity {

    /** Longest time between two frames with a face. */
    static final Duration LONGEST_GAP = Duration.ofMillis(1500);

    /**
     * Least similarity, a cosine, of a frame's face to that of the frame before. On the films of three people, a tenth of a second
     * apart, 0.79 is the lowest of one person (0.68 filmed from a monitor), and 0.15 the highest of two.
     */
    static final double LEAST_SIMILARITY_TO_LAST = 0.55;

    /**
     * Least similarity of a frame that counts to the face that looks straight: turned as far as counts, 0.63 is the lowest of one person
     * on the same films.
     */
    static final double LEAST_SIMILARITY_TO_STRAIGHT = 0.5;

    /** Farthest that the middle of a box moves from one frame to the next, in heights of the box. */
    static final double FARTHEST = 0.5;

    /** Most by which a box grows or shrinks from one frame to the next. */
    static final double MOST_GROWTH = 1.5;

    /** From this similarity on, with the same box, a frame is the one before again. */
    static final double SAME = 0.9999;

    private Continuity() {}

    static boolean isSameFrame(@Nullable Sighting last, Sighting now) {
        return last != null && last.box().equals(now.box()) && last.embedding().similarity(now.embedding()) >= SAME;
    }

    /** Why a frame doesn't follow the one before; empty if it does, or is the first. */
    static Optional<Failure> broken(@Nullable Sighting last, Sighting now) {
        if (last == null) {
            return Optional.empty();
        }
        if (Duration.between(last.at(), now.at()).compareTo(LONGEST_GAP) > 0) {
            return Optional.of(Failure.INTERRUPTED);
        }
        if (last.embedding().similarity(now.embedding()) < LEAST_SIMILARITY_TO_LAST) {
            return Optional.of(Failure.DIFFERENT_FACE);
        }
        return jumped(last.box(), now.box()) ? Optional.of(Failure.FACE_JUMPED) : Optional.empty();
    }

    private static boolean jumped(Box one, Box other) {
        double larger = Math.max(one.height(), other.height());
        double smaller = Math.min(one.height(), other.height());
        double moved = Math.hypot(one.centerX() - other.centerX(), one.centerY() - other.centerY());
        return moved > FARTHEST * larger || larger > MOST_GROWTH * smaller;
    }

    static boolean isOther(Straight straight, Sighting now) {
        return straight.embedding().similarity(now.embedding()) < LEAST_SIMILARITY_TO_STRAIGHT;
    }
}
