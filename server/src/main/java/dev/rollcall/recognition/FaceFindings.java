package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.List;
import java.util.Optional;

/** The usable faces of the images of one moment, or the refusal. */
sealed interface FaceFindings {

    /**
     * Faces of one person.
     *
     * @param faces at least one, in the order of the images; each with the liveness of all together
     */
    record Found(List<ImageFace> faces) implements FaceFindings {

        public Found {
            faces = List.copyOf(faces);
        }
    }

    /** No image is usable, or they show different people. */
    record Refused(Refusal refusal) implements FaceFindings {}

    /**
     * A usable face.
     *
     * @param image the index of its image in the request, from 0
     * @param bystanders the embeddings of further people in the image
     */
    record ImageFace(int image, Face face, List<Embedding> bystanders) {

        public ImageFace {
            bystanders = List.copyOf(bystanders);
        }

        /** The only face of its image. */
        ImageFace(int image, Face face) {
            this(image, face, List.of());
        }
    }

    /** Analyses images: {@link PendingFaces#await}. */
    static FaceFindings in(
            List<byte[]> images, PictureAnalyzer analyzer, AnalysisRules rules, Calibration calibration) {
        Optional<PendingFaces> begun = PendingFaces.begin(images, analyzer, rules);
        if (begun.isEmpty()) {
            return new Refused(FaceFinding.OVERLOADED);
        }
        try (PendingFaces pending = begun.get()) {
            return pending.await(calibration);
        }
    }

    /**
     * How far the analysis of an unusable image got, 0 for the beginning. Of several refusals the one that got farthest is
     * reported, since it says best what to do.
     */
    static int stage(Code code) {
        return switch (code) {
            case SPOOF_SUSPECTED -> 4;
            case LOW_QUALITY -> 3;
            case MULTIPLE_FACES -> 2;
            case NO_FACE -> 1;
            default -> 0;
        };
    }
}
