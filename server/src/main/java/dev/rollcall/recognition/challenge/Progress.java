package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Embedding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a person has come with a challenge. Has no picture; its embeddings are of the frames.
 *
 * @param steps all turns that are asked for, in their order
 * @param place where in the steps the person is
 * @param seen what the frames showed
 */
public record Progress(List<Step> steps, Place place, Seen seen) {

    public Progress {
        steps = List.copyOf(steps);
    }

    /** What the person has to do next. */
    public enum Phase {
        /** Look straight at the camera, before the first turn. */
        STRAIGHT,
        /** Turn the head. */
        TURN,
        /** Hold it there. */
        HOLD,
        /** Look straight again. */
        RETURN,
        /** Nothing more: all turns were made. */
        DONE
    }

    /**
     * A place in the steps.
     *
     * @param step the index of the turn, from 0
     * @param since when the phase began; of {@code HOLD}, when its turn began
     * @param heldSince from when on the head is held, null in other phases
     * @param passing whether a frame showed the head on its way
     */
    public record Place(
            int step, Phase phase, Instant since, @Nullable Instant heldSince, boolean passing) {}

    /**
     * What the frames showed.
     *
     * @param straight the face that looks straight, from which turns are measured; null before there is one
     * @param last the face of the last frame with one; null before there is one
     * @param frontal the liveness of the frames that look straight
     * @param turned the liveness of the frames that are turned as asked
     */
    public record Seen(
            @Nullable Straight straight, @Nullable Sighting last, Tally frontal, Tally turned) {

        static final Seen NOTHING = new Seen(null, null, Tally.NONE, Tally.NONE);
    }

    /** A face that looks straight. */
    public record Straight(Gaze gaze, Embedding embedding) {}

    /** The beginning of a challenge. */
    public static Progress begun(List<Step> steps, Instant at) {
        return new Progress(steps, new Place(0, Phase.STRAIGHT, at, null, false), Seen.NOTHING);
    }

    /** The turn that is asked for. */
    public Step current() {
        return steps.get(Math.min(place.step(), steps.size() - 1));
    }

    /** The gaze of the last frame as seen from looking straight; null before both are known. */
    @Nullable
    Gaze offset() {
        Straight straight = seen.straight();
        Sighting last = seen.last();
        return straight == null || last == null ? null : last.gaze().from(straight.gaze());
    }

    /** The part of the whole that is done, 0…1. */
    public double share() {
        return place.phase() == Phase.DONE ? 1 : Math.min(1, (place.step() + shareOfStep()) / steps.size());
    }

    private double shareOfStep() {
        Gaze offset = offset();
        return switch (place.phase()) {
            case STRAIGHT, DONE -> 0;
            case TURN ->
                offset == null
                        ? 0
                        : 0.4 * Math.max(0, Math.min(1, current().turn().share(offset)));
            case HOLD -> 0.4 + 0.4 * shareHeld();
            case RETURN -> 0.8;
        };
    }

    private double shareHeld() {
        Sighting last = seen.last();
        Instant from = place.heldSince();
        return last == null || from == null
                ? 0
                : Math.min(
                        1,
                        Duration.between(from, last.at()).toMillis()
                                / (double) current().hold().toMillis());
    }
}
