package dev.rollcall.recognition;

import dev.rollcall.audit.RefusalLog;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.match.TemplateChoice;
import dev.rollcall.engine.match.TemplateChoice.Candidate;
import dev.rollcall.engine.match.Templates;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.EnrollmentStore.Keep;
import dev.rollcall.people.EnrollmentStore.LookAlike;
import dev.rollcall.people.EnrollmentStore.StoredTemplate;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.Gallery.Found;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

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
    public record Stores(EnrollmentStore people, Gallery gallery, RefusalLog refusals) {}

    /**
     * The rules of enrollment.
     *
     * @param rules the requirements on the picture
     * @param maxTemplates most templates of one person, at least 1; beyond it the least useful one is removed
     * @param limits the confidences that decide
     * @param consentRequired whether a request needs the instant of consent
     */
    public record Policy(AnalysisRules rules, int maxTemplates, Limits limits, boolean consentRequired) {

        /** How far a client's clock may be ahead. */
        static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    }

    /**
     * Confidences, 0…1.
     *
     * @param duplicate from which a face counts as another enrolled person's
     * @param lookAlike from which administrators are told that the face looks like another enrolled person's
     * @param mismatch to the person's other templates, below which a face is not the person's
     */
    public record Limits(double duplicate, double lookAlike, double mismatch) {

        /*
         * duplicate: cosine 0.595, about one in a million pairs of different people of LFW, label errors included.
         * lookAlike: cosine 0.450, the default threshold of a match. Above it one in eight further pictures of the one
         * person would match the other in LFW, and half of them and more in the London set; below it one in forty.
         * mismatch: cosine 0.322, which 99 in 100 genuine pairs of LFW reach.
         */
        public static final Limits DEFAULT = new Limits(0.95, 0.80, 0.50);
    }

    /** The result of an enrollment. */
    public sealed interface Result {

        /**
         * The template was written.
         *
         * @param templates the number of the person's templates
         * @param face the face of the best quality
         * @param images the indexes of the images that make up the template
         */
        record Enrolled(Identity identity, int templates, Face face, List<Integer> images, String modelId)
                implements Result {

            public Enrolled {
                images = List.copyOf(images);
            }
        }

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * A request to enroll.
     *
     * @param replace whether the new template replaces all others of the person
     */
    public record Request(Identity identity, boolean replace) {}

    /**
     * Enrolls a person by images of one moment, which become one template; a refusal is written to the audit log.
     *
     * @param images 1 to {@link RecognizePerson#MAX_IMAGES}
     */
    public Result enroll(Request request, List<byte[]> images, Caller caller) {
        Result result = attempt(request, images, caller);
        if (result instanceof Result.Refused refused) {
            stores.refusals().enrollment(request.identity().userId(), refused.refusal(), caller);
        }
        return result;
    }

    private Result attempt(Request request, List<byte[]> images, Caller caller) {
        Optional<Refusal> noConsent = noConsent(request.identity());
        if (noConsent.isPresent()) {
            return new Result.Refused(noConsent.get());
        }
        FaceFindings findings = FaceFindings.in(images, analyzer, policy.rules(), recognizer.calibration());
        return findings instanceof FaceFindings.Refused refused
                ? new Result.Refused(refused.refusal())
                : write(request, AveragedFace.of(((FaceFindings.Found) findings).faces()), caller);
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

    /**
     * Writes the template after the face was compared with the person's templates and with those of all other people, also
     * with those enrolled meanwhile: the store writes nothing while it has a template of another person that this face was
     * not compared with, or other templates of this person than those that were seen.
     */
    private Result write(Request request, AveragedFace face, Caller caller) {
        UserId userId = request.identity().userId();
        NearestOther nearest = new NearestOther(null, 0);
        while (true) {
            List<StoredTemplate> own =
                    request.replace() ? List.of() : stores.people().templates(userId, recognizer.modelId());
            Optional<Refusal> mismatch = mismatch(own, face.embedding());
            if (mismatch.isPresent()) {
                return new Result.Refused(mismatch.get());
            }
            nearest = nearestOther(userId, face.embedding(), nearest);
            Found other = nearest.found();
            if (other != null
                    && confidence(other.similarity()) >= policy.limits().duplicate()) {
                return new Result.Refused(duplicate(other));
            }
            EnrollmentStore.Template template = new EnrollmentStore.Template(
                    recognizer.modelId(), face.embedding(), face.quality(), clock.instant());
            Written written = stores.people()
                    .enroll(new EnrollmentStore.NewTemplate(
                            request.identity(),
                            template,
                            keep(request, own, face),
                            nearest.checkedUpTo(),
                            lookAlike(other),
                            caller));
            if (written instanceof Written.RevokedKey) {
                return new Result.Refused(KeyRefusals.keyNotValid());
            }
            if (written instanceof Written.Enrolled enrolled) {
                stores.gallery().catchUpIfPossible();
                return new Result.Enrolled(
                        request.identity(), enrolled.templates(), face.best(), face.images(), recognizer.modelId());
            }
            stores.gallery().catchUp();
        }
    }

    /**
     * The nearest other person, by the gallery once that has everything; until then the store's templates are read.
     *
     * @param before the result for the templates that were compared before
     */
    private NearestOther nearestOther(UserId userId, Embedding face, NearestOther before) {
        Gallery gallery = stores.gallery();
        if (!gallery.isReady()) {
            return NearestOther.inStore(stores.people(), recognizer.modelId(), face, userId, before);
        }
        NearestOther nearest = NearestOther.inGallery(gallery, face, userId);
        if (confidence(nearest.similarity()) < policy.limits().duplicate()) {
            return nearest;
        }
        // The other person may have been erased by another instance a moment ago.
        gallery.catchUp();
        return NearestOther.inGallery(gallery, face, userId);
    }

    private Keep keep(Request request, List<StoredTemplate> own, AveragedFace face) {
        List<StoredTemplate> kept = new ArrayList<>(own);
        List<Long> removed = new ArrayList<>();
        while (kept.size() >= policy.maxTemplates()) {
            List<Candidate> candidates = new ArrayList<>();
            kept.forEach(template -> candidates.add(new Candidate(template.embedding(), template.quality())));
            candidates.add(new Candidate(face.embedding(), face.quality()));
            removed.add(kept.remove(TemplateChoice.leastUseful(candidates)).id());
        }
        return new Keep(request.replace(), own.stream().map(StoredTemplate::id).toList(), removed);
    }

    private @Nullable LookAlike lookAlike(@Nullable Found other) {
        if (other == null || confidence(other.similarity()) < policy.limits().lookAlike()) {
            return null;
        }
        return new LookAlike(other.userId(), other.similarity(), confidence(other.similarity()));
    }

    private Refusal duplicate(Found other) {
        return new Refusal(
                        Code.DUPLICATE_FACE,
                        "This face is already enrolled under another user_id.",
                        Map.of(
                                "confidence",
                                confidence(other.similarity()),
                                "threshold",
                                policy.limits().duplicate()))
                .withAuditFacts(RivalFacts.of(other, recognizer.calibration()));
    }

    private Optional<Refusal> mismatch(List<StoredTemplate> own, Embedding face) {
        OptionalDouble best = Templates.bestSimilarity(
                face, own.stream().map(StoredTemplate::embedding).toList());
        if (best.isEmpty() || confidence(best.getAsDouble()) >= policy.limits().mismatch()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Code.FACE_MISMATCH,
                "This face is unlike the person's other templates. Send replace=true to enroll it instead of them.",
                Map.of(
                        "confidence",
                        confidence(best.getAsDouble()),
                        "threshold",
                        policy.limits().mismatch())));
    }

    private double confidence(double similarity) {
        return recognizer.calibration().confidence(similarity);
    }
}
