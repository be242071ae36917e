package dev.rollcall.recognition.challenge;

import dev.rollcall.recognition.challenge.Progress.Phase;
import dev.rollcall.recognition.challenge.Progress.Place;
import dev.rollcall.recognition.challenge.Progress.Seen;
import dev.rollcall.recognition.challenge.Progress.Straight;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of a challenge: what each frame does to the progress. For each step the person looks straight, turns the head, holds it and
 * looks straight again. Pure: no clock and no store. Safe for use by several threads. The angles and times here are estimates, with which all
 * turns of the films in bench/results/challenges.md pass.
 */
public final class ChallengeRules {

    /** How far from the camera's axis "straight" may be: cameras often hang above or lie below the face. */
    private static final double STRAIGHT_YAW = 15;

    private static final double STRAIGHT_PITCH = 30;

    /** How much a face that holds still moves, in degrees. */
    private static final double STILL = 8;

    private static final Duration STRAIGHT_FOR = Duration.ofMillis(400);

    /** How far from the first straight look the face may be when it looks straight again: less than any turn. */
    private static final double RETURNED = 12;

    /** A turn counts as held down to this part of it. */
    private static final double HELD = 0.8;

    /** A head on its way is between this part of the turn and the turn. */
    private static final double ON_ITS_WAY = 0.25;

    /** Beyond these degrees the landmarks and the embedding can't be relied on: faces that look down by 40° are under 0.4 to themselves. */
    private static final double FARTHEST_YAW = 60;

    private static final double FARTHEST_PITCH = 35;

    /** Shortest time from the request to turn until the head is turned: 0.2 s to react, and the turn itself. */
    static final Duration SHORTEST_REACTION = Duration.ofMillis(300);

    /** Longest time from the request to turn until the head has been held, beside the time of holding. */
    static final Duration LONGEST_TURN = Duration.ofSeconds(5);

    /** Longest time to look straight again. */
    static final Duration LONGEST_RETURN = Duration.ofSeconds(3);

    private ChallengeRules() {}

    /** The progress after a frame with one face. */
    public static Verdict next(Progress before, Sighting now) {
        Sighting last = before.seen().last();
        if (Continuity.isSameFrame(last, now)) {
            return new Verdict.Going(before, Hint.SAME_FRAME);
        }
        Optional<Failure> broken = Continuity.broken(last, now);
        if (before.place().phase() == Phase.STRAIGHT) {
            return straight(broken.isPresent() ? Progress.begun(before.steps(), now.at()) : before, now);
        }
        return broken.<Verdict>map(reason -> failed(before, reason)).orElseGet(() -> turning(with(before, now), now));
    }

    private static Progress with(Progress before, Sighting now) {
        Seen seen = before.seen();
        return new Progress(
                before.steps(), before.place(), new Seen(seen.straight(), now, seen.frontal(), seen.turned()));
    }

    private static Verdict straight(Progress before, Sighting now) {
        if (!now.gaze().within(STRAIGHT_YAW, STRAIGHT_PITCH)) {
            return new Verdict.Going(with(Progress.begun(before.steps(), now.at()), now), Hint.LOOK_STRAIGHT);
        }
        Straight straight = before.seen().straight();
        if (straight == null || !now.gaze().from(straight.gaze()).within(STILL, STILL)) {
            Seen first =
                    new Seen(new Straight(now.gaze(), now.embedding()), now, Tally.NONE.with(now.alive()), Tally.NONE);
            Place place = new Place(0, Phase.STRAIGHT, now.at(), null, false);
            return new Verdict.Going(new Progress(before.steps(), place, first), Hint.HOLD_STILL);
        }
        Seen seen = new Seen(straight, now, before.seen().frontal().with(now.alive()), Tally.NONE);
        return isOver(before.place().since(), STRAIGHT_FOR, now)
                ? new Verdict.Going(
                        new Progress(before.steps(), new Place(0, Phase.TURN, now.at(), null, false), seen), Hint.TURN)
                : new Verdict.Going(new Progress(before.steps(), before.place(), seen), Hint.HOLD_STILL);
    }

    private static Verdict turning(Progress progress, Sighting now) {
        Gaze offset = now.gaze().from(straightOf(progress).gaze());
        Turn strongest = Turn.strongest(offset);
        if (strongest != progress.current().turn() && strongest.share(offset) >= 1) {
            return failed(progress, Failure.WRONG_DIRECTION);
        }
        return switch (progress.place().phase()) {
            case TURN -> turn(progress, now, offset);
            case HOLD -> hold(progress, now, offset);
            case RETURN -> returned(progress, now, offset);
            case STRAIGHT, DONE -> throw new IllegalStateException("no turn in " + progress.place());
        };
    }

    private static Verdict turn(Progress progress, Sighting now, Gaze offset) {
        Place place = progress.place();
        double share = progress.current().turn().share(offset);
        if (isTooSlow(progress, now)) {
            return failed(progress, Failure.TOO_SLOW);
        }
        if (share < 1) {
            boolean passing = share >= ON_ITS_WAY;
            Place next = new Place(place.step(), Phase.TURN, place.since(), null, passing);
            return new Verdict.Going(at(progress, next), Hint.TURN);
        }
        if (!isOver(place.since(), SHORTEST_REACTION, now)) {
            return failed(progress, Failure.TOO_EARLY);
        }
        if (!place.passing()) {
            return new Verdict.Going(progress, Hint.MORE_SLOWLY);
        }
        if (isTooFar(offset)) {
            return new Verdict.Going(progress, Hint.LESS);
        }
        Place next = new Place(place.step(), Phase.HOLD, place.since(), now.at(), true);
        return Continuity.isOther(straightOf(progress), now)
                ? failed(progress, Failure.DIFFERENT_FACE)
                : new Verdict.Going(counted(at(progress, next), now), Hint.HOLD);
    }

    private static Verdict hold(Progress progress, Sighting now, Gaze offset) {
        Place place = progress.place();
        if (isTooSlow(progress, now)) {
            return failed(progress, Failure.TOO_SLOW);
        }
        double share = progress.current().turn().share(offset);
        if (share < HELD) {
            Place again = new Place(place.step(), Phase.TURN, place.since(), null, share >= ON_ITS_WAY);
            return new Verdict.Going(at(progress, again), Hint.TURN);
        }
        if (isTooFar(offset)) {
            return new Verdict.Going(progress, Hint.LESS);
        }
        if (Continuity.isOther(straightOf(progress), now)) {
            return failed(progress, Failure.DIFFERENT_FACE);
        }
        Progress counted = counted(progress, now);
        return isOver(
                        Objects.requireNonNull(place.heldSince()),
                        progress.current().hold(),
                        now)
                ? new Verdict.Going(
                        at(counted, new Place(place.step(), Phase.RETURN, now.at(), null, false)), Hint.LOOK_STRAIGHT)
                : new Verdict.Going(counted, Hint.HOLD);
    }

    private static Verdict returned(Progress progress, Sighting now, Gaze offset) {
        Place place = progress.place();
        if (isOver(place.since(), LONGEST_RETURN, now)) {
            return failed(progress, Failure.TOO_SLOW);
        }
        if (!offset.within(RETURNED, RETURNED)) {
            return new Verdict.Going(progress, Hint.LOOK_STRAIGHT);
        }
        if (Continuity.isOther(straightOf(progress), now)) {
            return failed(progress, Failure.DIFFERENT_FACE);
        }
        Seen seen = progress.seen();
        Seen frontal = new Seen(seen.straight(), now, seen.frontal().with(now.alive()), seen.turned());
        if (place.step() + 1 < progress.steps().size()) {
            Place next = new Place(place.step() + 1, Phase.TURN, now.at(), null, false);
            return new Verdict.Going(new Progress(progress.steps(), next, frontal), Hint.TURN);
        }
        Place done = new Place(place.step(), Phase.DONE, now.at(), null, false);
        return frontal.frontal().passes() && frontal.turned().passes()
                ? new Verdict.Going(new Progress(progress.steps(), done, frontal), Hint.DONE)
                : failed(progress, Failure.NOT_ALIVE);
    }

    private static boolean isTooSlow(Progress progress, Sighting now) {
        return isOver(
                progress.place().since(), LONGEST_TURN.plus(progress.current().hold()), now);
    }

    private static boolean isTooFar(Gaze offset) {
        return !offset.within(FARTHEST_YAW, FARTHEST_PITCH);
    }

    private static boolean isOver(Instant since, Duration time, Sighting now) {
        return !now.at().isBefore(since.plus(time));
    }

    private static Progress at(Progress progress, Place place) {
        return new Progress(progress.steps(), place, progress.seen());
    }

    private static Progress counted(Progress progress, Sighting now) {
        Seen seen = progress.seen();
        return new Progress(
                progress.steps(),
                progress.place(),
                new Seen(
                        seen.straight(),
                        seen.last(),
                        seen.frontal(),
                        seen.turned().with(now.alive())));
    }

    private static Straight straightOf(Progress progress) {
        return Objects.requireNonNull(progress.seen().straight());
    }

    private static Verdict failed(Progress progress, Failure reason) {
        return new Verdict.Failed(reason, progress.place().step());
    }
}
