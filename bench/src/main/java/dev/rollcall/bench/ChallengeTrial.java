package dev.rollcall.bench;

import dev.rollcall.bench.Footage.Motion;
import dev.rollcall.recognition.challenge.ChallengeRules;
import dev.rollcall.recognition.challenge.Progress;
import dev.rollcall.recognition.challenge.Progress.Phase;
import dev.rollcall.recognition.challenge.Sighting;
import dev.rollcall.recognition.challenge.Step;
import dev.rollcall.recognition.challenge.Turn;
import dev.rollcall.recognition.challenge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One try at a challenge: footage is shown as somebody would who sees what is asked for, or who plays turns in an order of their own. */
final class ChallengeTrial {

    private static final Duration EXPIRY = Duration.ofSeconds(20);

    /** From the request to turn until the head begins to. */
    private static final Duration REACTION = Duration.ofMillis(400);

    private final Footage footage;
    private final List<Turn> played;
    private final Duration interval;
    private Phase shown = Phase.STRAIGHT;
    private int frame;

    /**
     * A try.
     *
     * @param played the turns that are shown, one for each that is asked for
     * @param interval from one frame to the next
     */
    ChallengeTrial(Footage footage, List<Turn> played, Duration interval) {
        this.footage = footage;
        this.played = played;
        this.interval = interval;
    }

    /** The result: {@code passed}, or why not. */
    String run(List<Step> asked) {
        Progress progress = Progress.begun(asked, Instant.EPOCH);
        for (Instant now = Instant.EPOCH; now.isBefore(Instant.EPOCH.plus(EXPIRY)); now = now.plus(interval)) {
            Sighting next = next(progress, now);
            Verdict verdict = ChallengeRules.next(
                    progress, new Sighting(now, next.gaze(), next.box(), next.embedding(), next.alive()));
            if (verdict instanceof Verdict.Failed failed) {
                return failed.reason().name().toLowerCase(Locale.ROOT);
            }
            progress = ((Verdict.Going) verdict).progress();
            if (progress.place().phase() == Phase.DONE) {
                return "passed";
            }
        }
        return "expired";
    }

    private Sighting next(Progress progress, Instant now) {
        Phase phase = progress.place().phase();
        if (phase != shown) {
            shown = phase;
            frame = 0;
        }
        Motion motion = footage.turns().get(played.get(progress.place().step()));
        boolean waits =
                phase == Phase.TURN && now.isBefore(progress.place().since().plus(REACTION));
        if (phase == Phase.STRAIGHT || waits || motion == null) {
            return toAndFro(footage.straight(), (int) (now.toEpochMilli() / interval.toMillis()));
        }
        int place = frame++;
        return switch (phase) {
            case TURN -> then(motion.out(), motion.held(), place);
            case HOLD -> toAndFro(motion.held(), place);
            default -> then(motion.back(), footage.straight(), place);
        };
    }

    private static Sighting then(List<Sighting> first, List<Sighting> second, int place) {
        return place < first.size() ? first.get(place) : toAndFro(second, place - first.size());
    }

    private static Sighting toAndFro(List<Sighting> frames, int place) {
        int period = Math.max(1, 2 * (frames.size() - 1));
        int at = place % period;
        return frames.get(at < frames.size() ? at : period - at);
    }
}
