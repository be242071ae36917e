package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Embedding;
import dev.rollcall.recognition.challenge.Progress.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A made-up person who does what a challenge asks for, frame after frame, or something else. */
final class Actor {

    static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration REACTION = Duration.ofMillis(400);

    /** Degrees a second. */
    private static final double SPEED = 90;

    private final Random random;
    private final Duration interval;
    private double yaw;
    private double pitch;

    /** How the person answers a turn that is asked for. */
    Function<Turn, Turn> answer = turn -> turn;

    /** Whose face it is at a time. */
    Function<Instant, Integer> face = at -> 0;

    /** Whether the face looks alive. */
    boolean alive = true;

    Actor(long seed, int intervalMs) {
        random = new Random(seed);
        interval = Duration.ofMillis(intervalMs);
    }

    /** Plays a challenge to its end; a challenge that ends without one is too slow. */
    Verdict play(List<Step> steps) {
        Progress progress = Progress.begun(steps, START);
        for (Instant now = START; now.isBefore(START.plus(LONGEST)); now = now.plus(interval)) {
            Verdict verdict = ChallengeRules.next(progress, frame(progress, now));
            if (verdict instanceof Verdict.Failed) {
                return verdict;
            }
            progress = ((Verdict.Going) verdict).progress();
            if (progress.place().phase() == Phase.DONE) {
                return verdict;
            }
        }
        return new Verdict.Failed(Failure.TOO_SLOW, progress.place().step());
    }

    /** The next frame of the person, who knows what to do from the progress. */
    Sighting frame(Progress progress, Instant now) {
        move(progress, now);
        return sighting(now);
    }

    static boolean passed(Verdict verdict) {
        return verdict instanceof Verdict.Going;
    }

    private void move(Progress progress, Instant now) {
        Phase phase = progress.place().phase();
        boolean turns = phase == Phase.HOLD
                || (phase == Phase.TURN
                        && !now.isBefore(progress.place().since().plus(REACTION)));
        Turn wanted = answer.apply(progress.current().turn());
        double aimYaw = !turns
                ? 0
                : switch (wanted) {
                    case LEFT -> 38;
                    case RIGHT -> -38;
                    default -> 0;
                };
        double aimPitch = !turns
                ? 0
                : switch (wanted) {
                    case UP -> 24;
                    case DOWN -> -24;
                    default -> 0;
                };
        double most = SPEED * interval.toMillis() / 1000;
        yaw += Math.max(-most, Math.min(most, aimYaw - yaw));
        pitch += Math.max(-most / 3, Math.min(most / 3, aimPitch - pitch));
    }

    private Sighting sighting(Instant at) {
        float shake = random.nextFloat() * 4 - 2;
        Box box = new Box(100 + shake, 100, 220 + shake, 260);
        return new Sighting(
                at,
                new Gaze((float) yaw + 5 + shake, (float) pitch + 10 - shake),
                box,
                embedding(face.apply(at), yaw + 2 * pitch + random.nextDouble()),
                alive);
    }

    /** Faces of one number differ as poses of a person do, those of two numbers are at 0. */
    static Embedding embedding(int number, double degrees) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[2 * number] = (float) Math.cos(Math.toRadians(degrees));
        vector[2 * number + 1] = (float) Math.sin(Math.toRadians(degrees));
        return Embedding.normalized(vector);
    }
}
