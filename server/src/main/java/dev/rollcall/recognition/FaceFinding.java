package dev.rollcall.recognition;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Rejection;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.List;

/** The usable face of a picture, or the refusal if there is none. */
public sealed interface FaceFinding {

    /** The queue of analyses is full, or the service is stopping. */
    Refusal OVERLOADED = new Refusal(Code.OVERLOADED, "Too many pictures are waiting. Try again in a moment.");

    /**
     * A usable face.
     *
     * @param bystanders the embeddings of further people in front of the camera
     */
    record Found(Face face, List<Embedding> bystanders) implements FaceFinding {

        public Found {
            bystanders = List.copyOf(bystanders);
        }
    }

    record Refused(Refusal refusal) implements FaceFinding {}

    /** Analyses a picture. */
    static FaceFinding in(byte[] picture, PictureAnalyzer analyzer, AnalysisRules rules) {
        return analyzer.begin(picture, rules).map(FaceFinding::of).orElseGet(() -> new Refused(OVERLOADED));
    }

    /** Waits for an analysis. */
    static FaceFinding of(PendingAnalysis pending) {
        return pending.await().map(FaceFinding::of).orElseGet(() -> new Refused(OVERLOADED));
    }

    private static FaceFinding of(Analysis analysis) {
        if (analysis instanceof Analysis.Accepted accepted) {
            return new Found(accepted.face(), accepted.bystanders());
        }
        return new Refused(refusal(((Analysis.Rejected) analysis).rejection()));
    }

    /** The refusal of a picture that the engine rejected. */
    static Refusal refusal(Rejection rejection) {
        return new Refusal(code(rejection.reason()), rejection.advice(), rejection.details());
    }

    private static Code code(Rejection.Reason reason) {
        return switch (reason) {
            case INVALID_IMAGE -> Code.INVALID_IMAGE;
            case UNSUPPORTED_IMAGE -> Code.UNSUPPORTED_IMAGE;
            case IMAGE_TOO_LARGE -> Code.PAYLOAD_TOO_LARGE;
            case NO_FACE -> Code.NO_FACE;
            case MULTIPLE_FACES -> Code.MULTIPLE_FACES;
            case LOW_QUALITY -> Code.LOW_QUALITY;
            case SPOOF_SUSPECTED -> Code.SPOOF_SUSPECTED;
        };
    }
}
