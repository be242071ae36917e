package dev.rollcall.recognition;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.QualityCheck;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.Gallery.Found;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The use case of trying a face: what the engine sees in a picture, and who is most similar. Nothing is stored, logged or marked. Safe
 * for use by several threads.
 */
public final class InspectFace {

    /** How many people are listed. */
    public static final int MOST_SIMILAR = 5;

    private final PictureAnalyzer analyzer;
    private final Sources sources;
    private final Recognizer recognizer;
    private final Policy policy;

    public InspectFace(PictureAnalyzer analyzer, Sources sources, Recognizer recognizer, Policy policy) {
        this.analyzer = analyzer;
        this.sources = sources;
        this.recognizer = recognizer;
        this.policy = policy;
    }

    /** What is asked beside the engine. */
    public record Sources(Gallery gallery, PeopleDirectory people, MeasuredChecks checks) {}

    /** Compares measured values with the limits of rules. */
    public interface MeasuredChecks {

        /** The values and their limits, in the order in which they are checked. */
        List<QualityCheck> of(Quality quality, AnalysisRules rules);
    }

    /**
     * The rules.
     *
     * @param enrollment the requirements on pictures for enrollment
     * @param recognition those for recognition, of each site
     * @param thresholds of verification
     */
    public record Policy(AnalysisRules enrollment, SiteAnalysis recognition, Thresholds thresholds) {}

    /** The result. */
    public sealed interface Result {

        /** A face, however bad it is. */
        record Seen(Inspection inspection) implements Result {}

        /** There is no face to look at. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * What was seen.
     *
     * @param shape the 68 points; null where they are not known
     * @param forRecognition the measured values with the limits of recognition
     * @param forEnrollment the same with the limits of enrollment
     * @param threshold the least confidence of a match at the site
     * @param similar the most similar people at the site, most similar first
     */
    public record Inspection(
            Face face,
            @Nullable FaceShape shape,
            List<QualityCheck> forRecognition,
            List<QualityCheck> forEnrollment,
            double threshold,
            List<Similar> similar) {

        public Inspection {
            forRecognition = List.copyOf(forRecognition);
            forEnrollment = List.copyOf(forEnrollment);
            similar = List.copyOf(similar);
        }
    }

    /** A person, and how similar the face is. */
    public record Similar(UserId userId, String name, double confidence, double similarity) {}

    /**
     * Looks at a picture.
     *
     * @param site whose people and rules count
     */
    public Result inspect(byte[] picture, String site) {
        AnalysisRules rules = policy.recognition().at(site);
        AnalysisRules lenient =
                new AnalysisRules(QualityLevel.OFF, 0, false, reported(rules.liveness()), rules.livenessThreshold());
        Optional<PendingAnalysis> begun = analyzer.begin(picture, lenient);
        if (begun.isEmpty()) {
            return new Result.Refused(FaceFinding.OVERLOADED);
        }
        try (PendingAnalysis pending = begun.get()) {
            Optional<Analysis> analysis = pending.await();
            if (analysis.isEmpty()) {
                return new Result.Refused(FaceFinding.OVERLOADED);
            }
            return analysis.get() instanceof Analysis.Accepted accepted
                    ? new Result.Seen(inspection(accepted, rules, site))
                    : new Result.Refused(FaceFinding.refusal(((Analysis.Rejected) analysis.get()).rejection()));
        }
    }

    private static AnalysisRules.LivenessMode reported(AnalysisRules.LivenessMode mode) {
        return mode == AnalysisRules.LivenessMode.OFF ? mode : AnalysisRules.LivenessMode.MONITOR;
    }

    private Inspection inspection(Analysis.Accepted accepted, AnalysisRules rules, String site) {
        Quality quality = accepted.face().quality();
        List<Similar> similar = sources.gallery().nearest(accepted.face().embedding(), site, MOST_SIMILAR).stream()
                .flatMap(found -> similar(found).stream())
                .toList();
        return new Inspection(
                accepted.face(),
                accepted.shape(),
                sources.checks().of(quality, rules),
                sources.checks().of(quality, policy.enrollment()),
                policy.thresholds().confidence(site),
                similar);
    }

    private Optional<Similar> similar(Found found) {
        return sources.people()
                .read(found.userId(), recognizer.modelId())
                .map(person -> new Similar(
                        found.userId(),
                        person.profile().name(),
                        recognizer.calibration().confidence(found.similarity()),
                        found.similarity()));
    }
}
