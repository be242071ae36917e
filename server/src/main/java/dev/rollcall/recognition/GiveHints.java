package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import dev.rollcall.outcome.Refusal;
import java.util.Optional;

/**
 * The use case of hints: whether the face before a camera can be recognised or enrolled now, and what to improve. Nobody is compared,
 * and nothing is stored, logged or counted as an attempt. Safe for use by several threads.
 */
public final class GiveHints {

    private final FrameJudge judge;
    private final Policy policy;

    public GiveHints(FrameJudge judge, Policy policy) {
        this.judge = judge;
        this.policy = policy;
    }

    /**
     * The rules.
     *
     * @param enrollment the requirements on pictures for enrollment
     * @param recognition those for recognition, of each site
     * @param rivalRule whether verification compares bystanders, instead of refusing a second face
     */
    public record Policy(AnalysisRules enrollment, SiteAnalysis recognition, boolean rivalRule) {}

    /** What the picture after the hints is for. */
    public enum Purpose {
        RECOGNIZE,
        IDENTIFY,
        ENROLL
    }

    /** The result. */
    public sealed interface Result {

        /**
         * A frame that was looked at.
         *
         * @param advice what to improve, as the refusal that a picture like this could get; empty if there is nothing
         */
        record Seen(FrameVerdict.Judged frame, Optional<Refusal> advice) implements Result {}

        /** There is no hint. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * Looks at a frame.
     *
     * @param site whose rules count
     * @param fullWidth width of the picture that would be sent afterwards; 0 if it is as wide as the frame
     */
    public Result look(byte[] frame, String site, Purpose purpose, int fullWidth) {
        Optional<Refusal> closed = policy.recognition().refusal(site);
        if (closed.isPresent()) {
            return new Result.Refused(closed.get());
        }
        return judge.judge(frame, new FrameRules(rules(purpose, site), fullWidth))
                .map(GiveHints::result)
                .orElseGet(() -> new Result.Refused(FaceFinding.OVERLOADED));
    }

    private AnalysisRules rules(Purpose purpose, String site) {
        return switch (purpose) {
            case ENROLL -> policy.enrollment();
            case IDENTIFY -> policy.recognition().at(site);
            case RECOGNIZE ->
                policy.rivalRule()
                        ? policy.recognition().at(site).withOtherFaces(OtherFaces.BYSTANDERS)
                        : policy.recognition().at(site);
        };
    }

    private static Result result(FrameVerdict verdict) {
        if (verdict instanceof FrameVerdict.Judged judged) {
            return new Result.Seen(judged, Optional.ofNullable(judged.advice()).map(FaceFinding::refusal));
        }
        return new Result.Refused(FaceFinding.refusal(((FrameVerdict.Unreadable) verdict).rejection()));
    }
}
