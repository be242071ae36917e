package dev.rollcall.recognition.challenge;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.digest.Sha256;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Rejection;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.ChallengeToken;
import dev.rollcall.recognition.ChallengeTokens;
import dev.rollcall.recognition.FaceFinding;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.PendingAnalysis;
import dev.rollcall.recognition.PictureAnalyzer;
import dev.rollcall.recognition.SiteAnalysis;
import dev.rollcall.recognition.challenge.ChallengeStore.Device;
import dev.rollcall.recognition.challenge.ChallengeStore.Limits;
import dev.rollcall.recognition.challenge.ChallengeStore.NewChallenge;
import dev.rollcall.recognition.challenge.ChallengeStore.Open;
import dev.rollcall.recognition.challenge.ChallengeStore.Opening;
import dev.rollcall.recognition.challenge.Progress.Phase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of head-turn challenges: a device opens one, sends frames, and gets a token for one mark of the same face. All of it is in
 * the store, so each frame may reach another instance. Safe for use by several threads.
 */
public final class Challenges implements ChallengeTokens {

    /** How long a challenge may take. */
    public static final Duration LIFETIME = Duration.ofSeconds(20);

    /** How long its token counts. */
    public static final Duration TOKEN_LIFETIME = Duration.ofSeconds(60);

    /** Most frames of a challenge: ten a second, as they were measured. */
    public static final int MOST_FRAMES = 200;

    /** Most bytes of a frame; 640×480 pixels as JPEG take 30,000 to 100,000. */
    public static final int MOST_FRAME_BYTES = 300_000;

    /** A kiosk has one challenge at a time, a program that many phones share has one each; failed ones count for 20 seconds. */
    static final Limits LIMITS = new Limits(30, 1000);

    /**
     * Least similarity, a cosine, of each face of the marking call to the straight face of the challenge: that of the images of one
     * request, which bench/results/images.md shows.
     */
    static final double SAME_FACE = 0.498;

    private static final int RANDOM_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom SECRETS = new SecureRandom();

    private final PictureAnalyzer analyzer;
    private final ChallengeStore store;
    private final RefusalLog refusals;
    private final SiteAnalysis rules;
    private final Clock clock;
    private final RandomGenerator random;

    public Challenges(
            PictureAnalyzer analyzer, ChallengeStore store, RefusalLog refusals, SiteAnalysis rules, Clock clock) {
        this(analyzer, store, refusals, rules, clock, SECRETS);
    }

    Challenges(
            PictureAnalyzer analyzer,
            ChallengeStore store,
            RefusalLog refusals,
            SiteAnalysis rules,
            Clock clock,
            RandomGenerator random) {
        this.analyzer = analyzer;
        this.store = store;
        this.refusals = refusals;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
    }

    /** The result of a call. */
    public sealed interface Result {

        /**
         * The challenge goes on, or was passed.
         *
         * @param hint what to tell the person now
         * @param face the box of the frame's face; null when it has none to use
         * @param token for the marking call; null before the challenge is passed
         */
        record State(
                String id,
                Progress progress,
                Instant expiresAt,
                Hint hint,
                @Nullable Box face,
                @Nullable String token) implements Result {}

        /** There is no such challenge, it failed, or the frame can't be used. */
        record Refused(Refusal refusal) implements Result {}
    }

    /** Opens a challenge. */
    public Result open(Device device) {
        Optional<Refusal> closed = rules.refusal(device.site());
        if (closed.isPresent()) {
            return new Result.Refused(closed.get());
        }
        Instant now = clock.instant();
        Progress begun = Progress.begun(Course.random(random), now);
        NewChallenge challenge = new NewChallenge(secret(), device, begun, now, now.plus(LIFETIME));
        return store.open(challenge, LIMITS) instanceof Opening.TooMany many
                ? new Result.Refused(tooMany(now, many.nextAt()))
                : new Result.State(challenge.id(), begun, challenge.expiresAt(), Hint.LOOK_STRAIGHT, null, null);
    }

    /** Looks at a frame. Its time is when this is called. */
    public Result frame(String id, byte[] picture, Device device, Caller caller) {
        Instant now = clock.instant();
        Optional<Open> open = ID.matcher(id).matches() ? store.count(id, device, now) : Optional.empty();
        if (open.isEmpty()) {
            return new Result.Refused(over());
        }
        if (open.get().frames() > MOST_FRAMES) {
            return failed(open.get(), new Verdict.Failed(Failure.TOO_MANY_FRAMES, step(open.get())), caller);
        }
        Optional<PendingAnalysis> begun = analyzer.begin(picture, rulesAt(device.site()));
        if (begun.isEmpty()) {
            return new Result.Refused(FaceFinding.OVERLOADED);
        }
        try (PendingAnalysis pending = begun.get()) {
            Optional<Analysis> analysis = pending.await();
            if (analysis.isEmpty()) {
                return new Result.Refused(FaceFinding.OVERLOADED);
            }
            return analysis.get() instanceof Analysis.Accepted accepted
                    ? seen(open.get(), Sighting.of(accepted.face(), now), caller)
                    : unusable(open.get(), ((Analysis.Rejected) analysis.get()).rejection());
        }
    }

    /** A turned face is no clear one, so quality decides nothing; the liveness of single frames doesn't either. */
    private AnalysisRules rulesAt(String site) {
        AnalysisRules own = rules.at(site);
        return new AnalysisRules(
                QualityLevel.OFF,
                own.minFacePixels(),
                true,
                own.liveness() == LivenessMode.OFF ? LivenessMode.OFF : LivenessMode.MONITOR,
                own.livenessThreshold());
    }

    private Result seen(Open open, Sighting now, Caller caller) {
        Verdict verdict = ChallengeRules.next(open.progress(), now);
        if (verdict instanceof Verdict.Failed failed) {
            return failed(open, failed, caller);
        }
        Verdict.Going going = (Verdict.Going) verdict;
        Progress progress = going.progress();
        if (progress.place().phase() != Phase.DONE) {
            return store.advance(open, progress)
                    ? state(open, progress, going.hint(), now.box())
                    : state(open, open.progress(), Hint.SAME_FRAME, now.box());
        }
        String token = secret();
        Instant until = now.at().plus(TOKEN_LIFETIME);
        Embedding face = Objects.requireNonNull(progress.seen().straight()).embedding();
        return store.pass(open, face, hash(token), until)
                ? new Result.State(open.id(), progress, until, Hint.DONE, now.box(), token)
                : new Result.Refused(over());
    }

    private static Result unusable(Open open, Rejection rejection) {
        return switch (rejection.reason()) {
            case NO_FACE -> state(open, open.progress(), Hint.NO_FACE, null);
            case MULTIPLE_FACES -> state(open, open.progress(), Hint.ONE_FACE, null);
            case LOW_QUALITY -> state(open, open.progress(), Hint.COME_CLOSER, null);
            default -> new Result.Refused(FaceFinding.refusal(rejection));
        };
    }

    private static Result state(Open open, Progress progress, Hint hint, @Nullable Box face) {
        return new Result.State(open.id(), progress, open.expiresAt(), hint, face, null);
    }

    private Result failed(Open open, Verdict.Failed failed, Caller caller) {
        if (!store.fail(open)) {
            return new Result.Refused(over());
        }
        Refusal refusal = failure(failed.reason(), failed.step());
        refusals.challenge(refusal, caller);
        return new Result.Refused(refusal);
    }

    @Override
    public Optional<Refusal> use(ChallengeToken token, String site, Optional<Attempt> attempt, List<Embedding> faces) {
        Device device = new Device(token.keyHash(), site);
        Optional<Embedding> face =
                store.use(hash(token.token()), device, attempt.map(Attempt::key).orElse(null), clock.instant());
        if (face.isEmpty()) {
            return Optional.of(over());
        }
        return faces.stream().allMatch(one -> one.similarity(face.get()) >= SAME_FACE)
                ? Optional.empty()
                : Optional.of(failure(Failure.DIFFERENT_FACE, null));
    }

    /** Removes what has expired. */
    public void sweep() {
        store.sweep(clock.instant());
    }

    private static int step(Open open) {
        return open.progress().place().step();
    }

    private static Refusal failure(Failure reason, @Nullable Integer step) {
        Map<String, Object> facts =
                step == null ? Map.of("reason", reason.name()) : Map.of("reason", reason.name(), "step", step);
        return new Refusal(
                Code.CHALLENGE_FAILED,
                "The head-turn challenge failed: "
                        + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ". Ask for a new one.",
                facts);
    }

    /** The same for a challenge or token that is unknown, used, expired or another device's, so that nothing can be learned. */
    private static Refusal over() {
        return new Refusal(
                Code.CHALLENGE_EXPIRED, "There is no such challenge or token, or it is over. Ask for a new challenge.");
    }

    private static Refusal tooMany(Instant now, Instant nextAt) {
        return new Refusal(
                Code.RATE_LIMITED,
                "There are too many challenges at once. Wait until one has expired.",
                Map.of(
                        "retry_after_s",
                        Math.max(
                                1, Duration.between(now, nextAt).plusMillis(999).toSeconds())));
    }

    private static String secret() {
        byte[] bytes = new byte[RANDOM_BYTES];
        SECRETS.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String token) {
        return Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
    }
}
