package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.gallery.Gallery.Found;
import dev.rollcall.sites.IdentifyBy;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use case of identification: finds out whom images show, and writes the mark if asked. Safe for use by several threads. */
public final class IdentifyPerson {

    private static final Refusal LOADING =
            new Refusal(Code.GALLERY_LOADING, "The service still loads the templates. Try again in a moment.");

    private final PictureAnalyzer analyzer;
    private final RecognizePerson.Stores stores;
    private final Recognizer recognizer;
    private final Policy policy;
    private final MarkOnce marks;

    public IdentifyPerson(
            PictureAnalyzer analyzer,
            RecognizePerson.Stores stores,
            Recognizer recognizer,
            Policy policy,
            Clock clock) {
        this.analyzer = analyzer;
        this.stores = stores;
        this.recognizer = recognizer;
        this.policy = policy;
        this.marks = new MarkOnce(stores.attendance(), stores.answers(), policy.attendance(), clock);
    }

    /**
     * The rules of identification.
     *
     * @param rules the requirements on the images at each site
     * @param threshold the least similarity of a person
     * @param attendance the rules for marks of each site
     */
    public record Policy(SiteAnalysis rules, IdentificationThreshold threshold, AttendancePolicies attendance) {

        /**
         * Least difference of the similarities of the best and the second person, a cosine: bench/results/identify.md has the effect of
         * others.
         */
        static final double LEAST_MARGIN = 0.05;
    }

    /** The result of an identification. */
    public sealed interface Result {

        /** The person was found; {@code marked} is empty if no mark was asked for. */
        record Identified(Match match, Optional<Marked> marked) implements Result {}

        /** Nobody was found, or nothing was written. */
        record Refused(Refusal refusal) implements Result {}
    }

    /** A mark that was written. */
    public record Marked(Mark mark, int remainingToday) {}

    /**
     * A request to identify.
     *
     * @param site whose people are searched, and the site of the mark
     * @param mark whether a mark is written
     * @param details what the request says about the mark
     * @param attempt the idempotency key, as of {@link RecognizePerson.Request}; without effect if no mark is written
     * @param challenge the token of a passed challenge, for a mark; null if the request has none
     */
    public record Request(
            String site,
            boolean mark,
            MarkDetails details,
            Optional<Attempt> attempt,
            @Nullable ChallengeToken challenge) {

        /** A request without a token. */
        Request(String site, boolean mark, MarkDetails details, Optional<Attempt> attempt) {
            this(site, mark, details, attempt, null);
        }
    }

    /** What was found out, and of whom; null when nobody was identified. */
    private record Attributed(Outcome outcome, @Nullable UserId userId) {

        private static Attributed refused(Refusal refusal, @Nullable UserId userId) {
            return new Attributed(Outcome.refused(refusal), userId);
        }
    }

    /**
     * Identifies a person. Written to the audit log are the refusals that concern a person or the face.
     *
     * @param images 1 to {@link RecognizePerson#MAX_IMAGES}, of one moment
     */
    public Result identify(Request request, List<byte[]> images, Caller caller) {
        if (!request.mark()) {
            return found(images, request.site(), caller);
        }
        return request.attempt().isEmpty()
                ? marked(request, images, caller)
                : marks.runAfterFirst(request.attempt().get(), () -> marks.replay(
                                request.attempt().get(), request.site())
                        .map(IdentifyPerson::result)
                        .orElseGet(() -> marked(request, images, caller)));
    }

    private Result found(List<byte[]> images, String site, Caller caller) {
        Search search = search(images, site);
        if (search instanceof Search.Nobody nobody) {
            log(nobody.refusal(), MarkDetails.NONE, nobody.userId(), caller);
            return new Result.Refused(nobody.refusal());
        }
        return new Result.Identified(((Search.Somebody) search).match(), Optional.empty());
    }

    private Result marked(Request request, List<byte[]> images, Caller caller) {
        Attributed attributed = markedOnce(request, images, caller);
        Outcome kept =
                marks.keptIfRefused(attributed.outcome(), request.attempt(), attributed.userId(), request.site());
        if (kept.result() instanceof RecognizePerson.Result.Refused refused && !kept.replayed()) {
            log(refused.refusal(), request.details(), attributed.userId(), caller);
        }
        return result(kept);
    }

    private Attributed markedOnce(Request request, List<byte[]> images, Caller caller) {
        Optional<Refusal> missing = policy.rules()
                .claimMissing(request.site(), IdentifyBy.FACE)
                .or(() -> policy.rules().challengeMissing(request.site(), request.challenge()));
        if (missing.isPresent()) {
            return Attributed.refused(missing.get(), null);
        }
        Search search = search(images, request.site());
        if (search instanceof Search.Nobody nobody) {
            return Attributed.refused(nobody.refusal(), nobody.userId());
        }
        Match match = ((Search.Somebody) search).match();
        Optional<Refusal> tooMany = stores.attempts().count(match.userId(), caller);
        if (tooMany.isPresent()) {
            return Attributed.refused(tooMany.get(), match.userId());
        }
        try {
            MarkOnce.Wanted wanted = new MarkOnce.Wanted(request.site(), request.details(), request.attempt());
            Optional<Refusal> unproved =
                    stores.unproved(request.challenge(), wanted, ((Search.Somebody) search).faces());
            if (unproved.isPresent()) {
                return Attributed.refused(unproved.get(), match.userId());
            }
            return new Attributed(marks.mark(match, wanted, caller), match.userId());
        } finally {
            stores.attempts().refund(match.userId());
        }
    }

    private static Result result(Outcome outcome) {
        if (outcome.result() instanceof RecognizePerson.Result.Refused refused) {
            return new Result.Refused(refused.refusal());
        }
        RecognizePerson.Result.Marked marked = (RecognizePerson.Result.Marked) outcome.result();
        return new Result.Identified(marked.match(), Optional.of(new Marked(marked.mark(), marked.remainingToday())));
    }

    /** The result of a search. */
    private sealed interface Search {

        /** One person, and the faces of the images. */
        record Somebody(Match match, List<ImageFace> faces) implements Search {}

        /** Nobody, or two people who are too similar; {@code userId} is the better one of them then, otherwise null. */
        record Nobody(Refusal refusal, @Nullable UserId userId) implements Search {}
    }

    private Search search(List<byte[]> images, String site) {
        Optional<Refusal> closed = policy.rules().refusal(site);
        if (closed.isPresent()) {
            return new Search.Nobody(closed.get(), null);
        }
        if (!stores.gallery().isReady()) {
            return new Search.Nobody(LOADING, null);
        }
        Optional<PendingFaces> begun =
                PendingFaces.begin(images, analyzer, policy.rules().at(site));
        if (begun.isEmpty()) {
            return new Search.Nobody(FaceFinding.OVERLOADED, null);
        }
        try (PendingFaces analysis = begun.get()) {
            FaceFindings findings = analysis.await(recognizer.calibration());
            return findings instanceof FaceFindings.Refused refused
                    ? new Search.Nobody(refused.refusal(), null)
                    : nearest(((FaceFindings.Found) findings).faces(), site);
        }
    }

    private Search nearest(List<ImageFace> faces, String site) {
        double threshold = policy.threshold().similarity(site, stores.gallery().sizeAt(site), faces.size());
        List<Found> nearest = Others.mostSimilar(stores.gallery(), faces, site, 2);
        if (nearest.isEmpty() || nearest.get(0).similarity() < threshold) {
            return notRecognized(threshold);
        }
        Found best = nearest.get(0);
        Optional<Person> person = stores.people()
                .find(best.userId(), recognizer.modelId())
                .filter(found -> !found.templates().isEmpty()
                        && PeopleRefusals.notExpectedAt(site, found).isEmpty());
        if (person.isEmpty()) {
            return notRecognized(threshold);
        }
        Comparison comparison = Comparison.of(faces, person.get());
        Others others = others(faces, site, nearest, person.get());
        Optional<Found> tooClose = tooClose(comparison, threshold, others);
        if (tooClose.isPresent()) {
            return ambiguous(best, tooClose.get(), person.get());
        }
        return comparison.similarity() < threshold
                ? notRecognized(threshold)
                : new Search.Somebody(
                        comparison.match(
                                person.get(),
                                recognizer.calibration(),
                                recognizer.calibration().confidence(threshold),
                                others),
                        faces);
    }

    private Others others(List<ImageFace> faces, String site, List<Found> nearest, Person best) {
        return best.lookAlikes().isEmpty()
                ? new Others(nearest.size() < 2 ? null : nearest.get(1), null)
                : Others.in(stores.gallery(), faces, site, best.userId(), best.lookAlikes());
    }

    /**
     * Somebody who can't be told from the best person: within the margin, or a declared look-alike over the threshold, since
     * no margin separates twins.
     */
    private static Optional<Found> tooClose(Comparison comparison, double threshold, Others others) {
        Found lookAlike = others.lookAlike();
        if (lookAlike != null && lookAlike.similarity() >= threshold) {
            return Optional.of(lookAlike);
        }
        return Optional.ofNullable(others.rival())
                .filter(rival -> comparison.similarity() - rival.similarity() < Policy.LEAST_MARGIN);
    }

    private Search notRecognized(double threshold) {
        return new Search.Nobody(
                new Refusal(
                        Code.NOT_RECOGNIZED,
                        "Nobody was recognised.",
                        Map.of("threshold", recognizer.calibration().confidence(threshold))),
                null);
    }

    private Search ambiguous(Found best, Found second, Person person) {
        Map<String, Object> facts = new HashMap<>(RivalFacts.of(second, recognizer.calibration()));
        facts.put("confidence", recognizer.calibration().confidence(best.similarity()));
        facts.put("similarity", best.similarity());
        facts.put("declared_look_alikes", person.lookAlikes().contains(second.userId()) ? "yes" : "no");
        return new Search.Nobody(
                new Refusal(
                                Code.AMBIGUOUS,
                                "The face fits two people. Ask for the user_id, and verify that with /recognize.",
                                Map.of())
                        .withAuditFacts(facts),
                best.userId());
    }

    /**
     * Logs a refusal, but not that there was no usable face, unless it comes late: live, that concerns nobody, and cameras without people
     * before them send many; a device that sends a late one has already let a person go.
     */
    private void log(Refusal refusal, MarkDetails details, @Nullable UserId userId, Caller caller) {
        boolean isLogged =
                switch (refusal.code()) {
                    case OVERLOADED, GALLERY_LOADING, RATE_LIMITED -> false;
                    case INVALID_IMAGE, UNSUPPORTED_IMAGE, PAYLOAD_TOO_LARGE -> details.isLate();
                    case NO_FACE, MULTIPLE_FACES, LOW_QUALITY, DIFFERENT_FACES -> details.isLate();
                    default -> true;
                };
        if (isLogged) {
            stores.refusals().identification(userId, details.forAudit(refusal), caller);
        }
    }
}
