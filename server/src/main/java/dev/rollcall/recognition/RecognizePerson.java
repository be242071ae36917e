package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.badges.Badge;
import dev.rollcall.badges.Badges;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.Gallery.Found;
import dev.rollcall.sites.IdentifyBy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use case of verification: verifies that images show a person, and writes the mark. Safe for use by several threads. */
public final class RecognizePerson {

    /** Most images of one request, of recognition, identification and enrollment. */
    public static final int MAX_IMAGES = 5;

    private final PictureAnalyzer analyzer;
    private final Stores stores;
    private final Recognizer recognizer;
    private final Policy policy;
    private final AttemptLimit attempts;
    private final MarkOnce marks;

    public RecognizePerson(PictureAnalyzer analyzer, Stores stores, Recognizer recognizer, Policy policy, Clock clock) {
        this.analyzer = analyzer;
        this.stores = stores;
        this.recognizer = recognizer;
        this.policy = policy;
        this.attempts = stores.attempts();
        this.marks = new MarkOnce(stores.attendance(), stores.answers(), policy.attendance(), clock);
    }

    /** The stores that recognition reads and writes, and the limit of attempts. */
    public record Stores(
            EnrollmentStore people,
            Gallery gallery,
            AttendanceStore attendance,
            AnswerStore answers,
            RefusalLog refusals,
            AttemptLimit attempts,
            ChallengeTokens challenges,
            Badges badges) {

        /** Uses the token of a request up; empty if it has none, or if the token counts. */
        Optional<Refusal> unproved(@Nullable ChallengeToken token, MarkOnce.Wanted wanted, List<ImageFace> faces) {
            return token == null
                    ? Optional.empty()
                    : challenges.use(
                            token,
                            wanted.site(),
                            wanted.attempt(),
                            faces.stream().map(face -> face.face().embedding()).toList());
        }
    }

    /**
     * The rules of recognition.
     *
     * @param rules the requirements on the picture at each site
     * @param thresholds least confidence of a match at each site
     * @param rivalRule whether a person is refused to whom another one of the gallery is at least as similar
     * @param attendance the rules for marks of each site
     */
    public record Policy(SiteAnalysis rules, Thresholds thresholds, boolean rivalRule, AttendancePolicies attendance) {}

    /** The result of a recognition. */
    public sealed interface Result {

        /** The person was recognised and the mark written. */
        record Marked(MarkBasis basis, Mark mark, int remainingToday) implements Result {

            /** The match of the face; of results of {@link RecognizePerson} and {@link IdentifyPerson} alone. */
            public Match match() {
                return (Match) basis;
            }
        }

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * A request to recognise.
     *
     * @param site the site of the mark
     * @param details what the request says about the mark
     * @param attempt the idempotency key; the same request under the same key has the same result, without a second mark,
     *     for {@link KeptAnswer#LIFETIME} at least. OVERLOADED is not kept.
     * @param challenge the token of a passed challenge; null if the request has none
     * @param badge the badge that says who the person is; null if the user id was given
     */
    public record Request(
            UserId userId,
            String site,
            MarkDetails details,
            Optional<Attempt> attempt,
            @Nullable ChallengeToken challenge,
            @Nullable Badge badge) {

        /** A request with a user id. */
        Request(
                UserId userId,
                String site,
                MarkDetails details,
                Optional<Attempt> attempt,
                @Nullable ChallengeToken challenge) {
            this(userId, site, details, attempt, challenge, null);
        }

        /** A request without a token. */
        Request(UserId userId, String site, MarkDetails details, Optional<Attempt> attempt) {
            this(userId, site, details, attempt, null, null);
        }

        private IdentifyBy given() {
            return badge == null ? IdentifyBy.NUMBER : IdentifyBy.BADGE;
        }

        private MarkOnce.Wanted wanted() {
            return new MarkOnce.Wanted(site, details, attempt);
        }
    }

    /**
     * Verifies a person and writes a mark. A refusal is written to the audit log. A repetition under a key returns the kept
     * answer before anything else: it neither counts as an attempt nor is logged again.
     *
     * @param images 1 to {@value #MAX_IMAGES}, of one moment
     */
    public Result recognize(Request request, List<byte[]> images, Caller caller) {
        return request.attempt().isEmpty()
                ? recognizeCounted(request, images, caller)
                : marks.runAfterFirst(
                        request.attempt().get(),
                        () -> recognizeUnder(request.attempt().get(), request, images, caller));
    }

    /** Refuses a text that was shown as a badge and is none. It counts as a failed attempt of the key. */
    public Result.Refused refuseUnreadableBadge(Caller caller) {
        Optional<Refusal> tooMany = attempts.countUnreadableBadge(caller);
        if (tooMany.isPresent()) {
            return new Result.Refused(tooMany.get());
        }
        stores.refusals().unreadableBadge(Badges.invalid(), caller);
        return new Result.Refused(Badges.invalid());
    }

    private Result recognizeUnder(Attempt attempt, Request request, List<byte[]> images, Caller caller) {
        Optional<Outcome> kept = marks.replay(attempt, request.site());
        return kept.isPresent() ? logged(kept.get(), request, caller) : recognizeCounted(request, images, caller);
    }

    /** Counts the attempt before it is made, so that concurrent attempts can't exceed the limit. */
    private Result recognizeCounted(Request request, List<byte[]> images, Caller caller) {
        Optional<Refusal> tooMany = attempts.count(request.userId(), caller);
        if (tooMany.isPresent()) {
            return new Result.Refused(tooMany.get());
        }
        boolean failedAttempt = false;
        try {
            Outcome outcome = recognizeOnce(request, images, caller);
            failedAttempt = outcome.isFailedAttempt();
            Outcome kept = marks.keptIfRefused(outcome, request.attempt(), request.userId(), request.site());
            failedAttempt = kept.isFailedAttempt();
            return logged(kept, request, caller);
        } finally {
            if (!failedAttempt) {
                attempts.refund(request.userId());
            }
        }
    }

    private Result logged(Outcome outcome, Request request, Caller caller) {
        if (outcome.result() instanceof Result.Refused refused && !outcome.replayed()) {
            Refusal refusal = request.details().forAudit(refused.refusal());
            stores.refusals().recognition(request.userId(), refusal, caller);
        }
        return outcome.result();
    }

    /** The person is looked up while the first image is analysed. */
    private Outcome recognizeOnce(Request request, List<byte[]> images, Caller caller) {
        Optional<Refusal> closed = policy.rules()
                .refusal(request.site())
                .or(() -> policy.rules().claimMissing(request.site(), request.given()))
                .or(() -> policy.rules().challengeMissing(request.site(), request.challenge()))
                .or(() -> request.badge() == null
                        ? Optional.empty()
                        : stores.badges().refusal(request.badge()));
        if (closed.isPresent()) {
            return Outcome.refused(closed.get());
        }
        Optional<PendingFaces> begun = PendingFaces.begin(images, analyzer, rules(request.site()));
        if (begun.isEmpty()) {
            return Outcome.refused(FaceFinding.OVERLOADED);
        }
        try (PendingFaces analysis = begun.get()) {
            Optional<Person> person = stores.people()
                    .find(request.userId(), recognizer.modelId())
                    .filter(found -> !found.templates().isEmpty());
            Optional<Refusal> refusal = person.isEmpty()
                    ? Optional.of(PeopleRefusals.notEnrolled())
                    : PeopleRefusals.notExpectedAt(request.site(), person.get());
            return refusal.isPresent()
                    ? Outcome.refused(refusal.get())
                    : verified(request, person.orElseThrow(), analysis.await(recognizer.calibration()), caller);
        }
    }

    /** A second face is no reason to refuse if it can be compared with everybody. */
    private AnalysisRules rules(String site) {
        AnalysisRules rules = policy.rules().at(site);
        return asksOthers() ? rules.withOtherFaces(OtherFaces.BYSTANDERS) : rules;
    }

    private Outcome verified(Request request, Person person, FaceFindings findings, Caller caller) {
        if (findings instanceof FaceFindings.Refused refused) {
            return Outcome.refused(refused.refusal());
        }
        List<ImageFace> faces = ((FaceFindings.Found) findings).faces();
        Comparison comparison = Comparison.of(faces, person);
        double confidence = recognizer.calibration().confidence(comparison.similarity());
        double threshold = policy.thresholds().confidence(request.site());
        if (confidence < threshold) {
            return Outcome.refused(notMatched("The face does not match this person.", confidence, threshold));
        }
        Others others = asked(request, faces, person);
        Found rival = others == null ? null : others.rival();
        if (rival != null && rival.similarity() >= comparison.similarity()) {
            return Outcome.refused(
                    notMatched("The face does not match this person clearly enough.", confidence, threshold)
                            .withAuditFacts(RivalFacts.of(rival, recognizer.calibration())));
        }
        Optional<Refusal> bystander = Bystanders.refusal(
                stores.gallery(), faces, request.site(), person.userId(), recognizer.calibration(), threshold);
        if (bystander.isPresent()) {
            return Outcome.refused(bystander.get());
        }
        Optional<Refusal> unproved = stores.unproved(request.challenge(), request.wanted(), faces);
        if (unproved.isPresent()) {
            return Outcome.refused(unproved.get());
        }
        return marks.mark(
                comparison.match(person, recognizer.calibration(), threshold, others), request.wanted(), caller);
    }

    /** The others in the gallery; null without the rival rule, and while the gallery is being read. */
    private @Nullable Others asked(Request request, List<ImageFace> faces, Person person) {
        return asksOthers()
                ? Others.in(stores.gallery(), faces, request.site(), person.userId(), person.lookAlikes())
                : null;
    }

    private boolean asksOthers() {
        return policy.rivalRule() && stores.gallery().isReady();
    }

    private static Refusal notMatched(String detail, double confidence, double threshold) {
        return new Refusal(Code.NOT_MATCHED, detail, Map.of("confidence", confidence, "threshold", threshold));
    }
}
