package dev.rollcall.usecase;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.match.Templates;
import dev.rollcall.people.Person;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Enrolls a person, or adds a template to one. Safe for use by several threads. */
public final class EnrollPerson {

    private final AnalysisPool pool;
    private final PeopleStore people;
    private final Recognizer recognizer;
    private final Policy policy;
    private final Clock clock;

    public EnrollPerson(AnalysisPool pool, PeopleStore people, Recognizer recognizer, Policy policy, Clock clock) {
        this.pool = pool;
        this.people = people;
        this.recognizer = recognizer;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * The rules of enrollment.
     *
     * @param rules what the picture must fulfil
     * @param maxTemplates most templates of one person; a further one takes the place of the oldest
     * @param duplicateConfidence confidence from which a face is taken for another enrolled person's
     * @param mismatchConfidence confidence to the person's other templates below which a face is not taken for theirs
     */
    public record Policy(AnalysisRules rules, int maxTemplates, double duplicateConfidence, double mismatchConfidence) {

        /** Cosine 0.595: about one in a million pairs of different people of LFW, label errors included. */
        public static final double DUPLICATE_CONFIDENCE = 0.95;

        /** Cosine 0.322, which 99 in 100 genuine pairs of LFW reach. */
        public static final double MISMATCH_CONFIDENCE = 0.50;
    }

    /** What became of it. */
    public sealed interface Result {

        /** The template was written; {@code templates} is how many the person has now. */
        record Enrolled(UserId userId, PersonName name, int templates, Face face, String modelId) implements Result {}

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * Enrolls.
     *
     * @param replace whether the new template takes the place of all the person's others
     */
    public Result enroll(UserId userId, PersonName name, byte[] picture, boolean replace) {
        FaceFinding finding = FaceFinding.in(picture, pool, policy.rules());
        if (finding instanceof FaceFinding.Refused refused) {
            return new Result.Refused(refused.refusal());
        }
        Face face = ((FaceFinding.Found) finding).face();
        Optional<Refusal> mismatch = replace ? Optional.empty() : mismatch(userId, face);
        if (mismatch.isPresent()) {
            return new Result.Refused(mismatch.get());
        }
        return write(new Wanted(userId, name, face, replace));
    }

    private record Wanted(UserId userId, PersonName name, Face face, boolean replace) {}

    /**
     * Writes the template once the face has been compared with every other person's, also with those that are enrolled
     * meanwhile: the store refuses as long as there is one that this face was not compared with.
     */
    private Result write(Wanted wanted) {
        PeopleStore.Template template = new PeopleStore.Template(
                recognizer.modelId(),
                wanted.face().embedding(),
                wanted.face().quality().embeddingNorm(),
                clock.instant());
        PeopleStore.Keep keep = new PeopleStore.Keep(wanted.replace(), policy.maxTemplates());
        long checkedUpTo = 0;
        while (true) {
            Nearest nearest = nearestOther(wanted, checkedUpTo);
            if (nearest.confidence() >= policy.duplicateConfidence()) {
                return new Result.Refused(duplicate(nearest.confidence()));
            }
            checkedUpTo = nearest.checkedUpTo();
            OptionalInt templates = people.enroll(
                    new PeopleStore.NewTemplate(wanted.userId(), wanted.name(), template, keep, checkedUpTo));
            if (templates.isPresent()) {
                return new Result.Enrolled(
                        wanted.userId(), wanted.name(), templates.getAsInt(), wanted.face(), recognizer.modelId());
            }
        }
    }

    private record Nearest(double confidence, long checkedUpTo) {}

    private Nearest nearestOther(Wanted wanted, long afterId) {
        double[] best = {-1};
        long last = people.forEachTemplate(recognizer.modelId(), afterId, (owner, template) -> {
            if (!owner.equals(wanted.userId())) {
                best[0] = Math.max(best[0], wanted.face().embedding().similarity(template));
            }
        });
        return new Nearest(recognizer.calibration().confidence(best[0]), last);
    }

    private Refusal duplicate(double confidence) {
        return new Refusal(
                Code.DUPLICATE_FACE,
                "This face is already enrolled under another user_id.",
                Map.of("confidence", confidence, "threshold", policy.duplicateConfidence()));
    }

    private Optional<Refusal> mismatch(UserId userId, Face face) {
        OptionalDouble best = people.find(userId, recognizer.modelId())
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
