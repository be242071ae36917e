package dev.rollcall.recognition.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditLog;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.SiteAnalysis;
import dev.rollcall.recognition.challenge.ChallengeStore.Device;
import dev.rollcall.recognition.challenge.Challenges.Result;
import dev.rollcall.recognition.challenge.Progress.Phase;
import dev.rollcall.sites.SitesInForce;
import dev.rollcall.sites.SitesInMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The use cases of challenges with everything around them in memory, and a person before the camera. */
abstract class ChallengeFixture {

    static final String SITE = "gate-2";
    static final Device DEVICE = new Device("hash-of-the-key", SITE);
    static final Caller CALLER = new Caller("kiosk", "request-1", "192.0.2.1", SITE);
    static final int INTERVAL_MS = 125;

    final SetClock clock = new SetClock();
    final MadeUpFrames frames = new MadeUpFrames();
    final ChallengesInMemory store = new ChallengesInMemory();
    final SitesInMemory sites = new SitesInMemory();
    final List<AuditLog.Event> log = new ArrayList<>();
    final Actor actor = new Actor(7, INTERVAL_MS);
    final Challenges challenges = new Challenges(
            frames,
            store,
            new RefusalLog(log::add, clock.withZone(ZoneOffset.UTC)),
            new SiteAnalysis(AnalysisRules.recognition(), new SitesInForce(sites, SitesInMemory.SETTINGS)),
            clock.withZone(ZoneOffset.UTC),
            new Random(7));

    /** A time that moves only when a test says so. */
    static final class SetClock implements InstantSource {

        private Instant now = Actor.START;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    Result.State opened() {
        return state(challenges.open(DEVICE));
    }

    Result.State passed() {
        return state(play(opened()));
    }

    /** A challenge in which the person has looked straight, and is asked for the first turn. */
    Result.State askedToTurn() {
        Result.State state = opened();
        while (state.progress().place().phase() == Phase.STRAIGHT) {
            state = state(send(state, next(state)));
        }
        return state;
    }

    /** Sends frames until the challenge is passed or refused. */
    Result play(Result.State begun) {
        Result result = begun;
        while (result instanceof Result.State state && state.token() == null) {
            result = send(state, next(state));
        }
        return result;
    }

    /** The person's next frame. */
    byte[] next(Result.State state) {
        return frames.showing(actor.frame(state.progress(), clock.instant()));
    }

    byte[] noFace() {
        return frames.rejected(Reason.NO_FACE);
    }

    Result sendAtOnce(Result.State challenge, byte[] frame) {
        return challenges.frame(challenge.id(), frame, DEVICE, CALLER);
    }

    /** Sends a frame, and lets the time to the next one pass. */
    Result send(Result.State challenge, byte[] frame) {
        Result result = sendAtOnce(challenge, frame);
        clock.pass(Duration.ofMillis(INTERVAL_MS));
        return result;
    }

    /** The progress that the store has now. */
    Progress stored(Result.State challenge) {
        return store.count(challenge.id(), DEVICE, clock.instant())
                .orElseThrow()
                .progress();
    }

    static Result.State state(Result result) {
        return (Result.State) result;
    }

    static Refusal refused(Result result) {
        return ((Result.Refused) result).refusal();
    }

    static void assertFailed(Result result, Failure reason) {
        assertThat(refused(result).code()).isEqualTo(Code.CHALLENGE_FAILED);
        assertThat(refused(result).facts()).isEqualTo(Map.of("reason", reason.name(), "step", 0));
    }
}
