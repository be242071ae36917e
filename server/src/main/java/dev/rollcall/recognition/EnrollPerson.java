package dev.rollcall.recognition;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.match.Templates;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.Identity;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.gallery.Gallery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The use case of enrollment: enrolls a person, or adds a template to one. Safe for use by several threads. */
public final class EnrollPerson {

    private final PictureAnalyzer analyzer;
    private final Stores stores;
    private final Recognizer recognizer;
    private final Policy policy;
    private final Clock clock;

    public EnrollPerson(PictureAnalyzer analyzer, Stores stores, Recognizer recognizer, Policy policy, Clock clock) {
        this.analyzer = analyzer;
        this.stores = stores;
        this.recognizer = recognizer;
        this.policy = policy;
        this.clock = clock;
    }

    /** The stores that enrollment reads and writes. */
    public record Stores(PeopleStore people, Gallery gallery, RefusalLog refusals) {}

    /**
     * The rules of enrollment.
     *
     * @param rules the requirements on the picture
     * @param maxTemplates most templates of one person; a further one replaces the oldest
     * @param duplicateConfidence confidence from which a face counts as another enrolled person's
     * @param mismatchConfidence confidence to the person's other templates below which a face is not the person's
     * @param consentRequired whether a request needs the instant of consent
     */
    public record Policy(
            AnalysisRules rules,
            int maxTemplates,
            double duplicateConfidence,
            double mismatchConfidence,
            boolean consentRequired) {

        /** Cosine 0.595: about one in a million pairs of different people of LFW, label errors included. */
        public static final double DUPLICATE_CONFIDENCE = 0.95;

        /** Cosine 0.322, which 99 in 100 genuine pairs of LFW reach. */
        public static final double MISMATCH_CONFIDENCE = 0.50;

        /** How far a client's clock may be ahead. */
        static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    }

    /** The result of an enrollment. */
    public sealed interface Result {

        /** The template was written; {@code templates} is the number of the person's templates. */
        record Enrolled(Identity identity, int templates, Face face, String modelId) implements Result {}

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * A request to enroll.
     *
     * @param replace whether the new template replaces all others of the person
     */
    public record Request(Identity identity, boolean replace) {}

    /** Enrolls a person; a refusal is written to the audit log. */
    public Result enroll(Request request, byte[] picture, Caller caller) {
        Result result = attempt(request, picture, caller);
        if (result instanceof Result.Refused refused) {
            stores.refusals().enrollment(request.identity().userId(), refused.refusal(), caller);
        }
        return result;
    }

    private Result attempt(Request request, byte[] picture, Caller caller) {
        Optional<Refusal> noConsent = noConsent(request.identity());
        if (noConsent.isPresent()) {
            return new Result.Refused(noConsent.get());
        }
        FaceFinding finding = FaceFinding.in(picture, analyzer, policy.rules());
        if (finding instanceof FaceFinding.Refused refused) {
            return new Result.Refused(refused.refusal());
        }
        Face face = ((FaceFinding.Found) finding).face();
        Optional<Refusal> mismatch = request.replace()
                ? Optional.empty()
                : mismatch(request.identity().userId(), face);
        if (mismatch.isPresent()) {
            return new Result.Refused(mismatch.get());
        }
        return write(new Enrollment(request.identity(), face, request.replace(), caller));
    }

    private Optional<Refusal> noConsent(Identity identity) {
        Instant consentAt = identity.consentAt();
        if (consentAt == null) {
            return policy.consentRequired()
                    ? Optional.of(
                            new Refusal(
                                    Code.CONSENT_REQUIRED,
                                    "Nobody is enrolled here without consent. Send consent_at, the moment at which it was given."))
                    : Optional.empty();
        }
        return consentAt.isAfter(clock.instant().plus(Policy.CLOCK_SKEW))
                ? Optional.of(
                        new Refusal(Code.INVALID_REQUEST, "consent_at is in the future", Map.of("field", "consent_at")))
                : Optional.empty();
    }

    private record Enrollment(Identity identity, Face face, boolean replace, Caller caller) {}

    /**
     * Writes the template after the face was compared with those of all other people, also with those enrolled meanwhile:
     * the store writes nothing while it has a template that this face was not compared with.
     */
    private Result write(Enrollment enrollment) {
        PeopleStore.Template template = new PeopleStore.Template(
                recognizer.modelId(),
                enrollment.face().embedding(),
                enrollment.face().quality().embeddingNorm(),
                clock.instant());
        PeopleStore.Keep keep = new PeopleStore.Keep(enrollment.replace(), policy.maxTemplates());
        long checkedUpTo = 0;
        while (true) {
            Nearest nearest = nearestOther(enrollment, checkedUpTo);
            if (nearest.confidence() >= policy.duplicateConfidence()) {
                return new Result.Refused(duplicate(nearest.confidence()));
            }
            checkedUpTo = nearest.checkedUpTo();
            OptionalInt templates = stores.people()
                    .enroll(new PeopleStore.NewTemplate(
                            enrollment.identity(), template, keep, checkedUpTo, enrollment.caller()));
            if (templates.isPresent()) {
                stores.gallery().catchUpIfPossible();
                return new Result.Enrolled(
                        enrollment.identity(), templates.getAsInt(), enrollment.face(), recognizer.modelId());
            }
            stores.gallery().catchUp();
        }
    }

    private record Nearest(double confidence, long checkedUpTo) {}

    /**
     * The most similar template of another person, by the gallery once that has everything; until then the store's templates
     * are read.
     *
     * @param afterId the id up to which templates were compared before
     */
    private Nearest nearestOther(Enrollment enrollment, long afterId) {
        if (stores.gallery().isReady()) {
            Nearest nearest = nearestInGallery(enrollment);
            if (nearest.confidence() < policy.duplicateConfidence()) {
                return nearest;
            }
            // The other person may have been erased by another instance a moment ago.
            stores.gallery().catchUp();
            return nearestInGallery(enrollment);
        }
        double[] best = {-1};
        long last = stores.people().forEachTemplate(recognizer.modelId(), afterId, (owner, template) -> {
            if (!owner.equals(enrollment.identity().userId())) {
                best[0] = Math.max(best[0], enrollment.face().embedding().similarity(template));
            }
        });
        return new Nearest(recognizer.calibration().confidence(best[0]), last);
    }

    private Nearest nearestInGallery(Enrollment enrollment) {
        Gallery gallery = stores.gallery();
        long completeUpTo = gallery.completeUpTo();
        double similarity = gallery.nearestOther(
                        enrollment.face().embedding(), enrollment.identity().userId())
                .map(Gallery.Found::similarity)
                .orElse(-1.0);
        return new Nearest(recognizer.calibration().confidence(similarity), completeUpTo);
    }

    private Refusal duplicate(double confidence) {
        return new Refusal(
                Code.DUPLICATE_FACE,
                "This face is already enrolled under another user_id.",
                Map.of("confidence", confidence, "threshold", policy.duplicateConfidence()));
    }

    private Optional<Refusal> mismatch(UserId userId, Face face) {
        OptionalDouble best = stores.people()
                .find(userId, recognizer.modelId())
                .map(Person::templates)
                .map(templates -> Templates.bestSimilarity(face.embedding(), templates))
                .orElse(OptionalDouble.empty());
        if (best.isEmpty() || recognizer.calibration().confidence(best.getAsDouble()) >= policy.mismatchConfidence()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Code.FACE_MISMATCH,
                "This face is unlike the person's other templates. Send replace=true to enroll it instead of them.",
                Map.of(
                        "confidence",
                        recognizer.calibration().confidence(best.getAsDouble()),
                        "threshold",
                        policy.mismatchConfidence())));
    }
}
