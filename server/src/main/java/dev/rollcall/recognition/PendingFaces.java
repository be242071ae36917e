package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The analysis of the images of one request, of which the first has been admitted. Each further one begins when the one
 * before has ended, so a request never has more than one place in the queue. Not safe for use by several threads.
 */
final class PendingFaces implements AutoCloseable {

    private final List<byte[]> images;
    private final PictureAnalyzer analyzer;
    private final AnalysisRules rules;
    private PendingAnalysis current;

    private PendingFaces(List<byte[]> images, PictureAnalyzer analyzer, AnalysisRules rules, PendingAnalysis first) {
        this.images = images;
        this.analyzer = analyzer;
        this.rules = rules;
        this.current = first;
    }

    /**
     * Begins with the first image.
     *
     * @param images 1 to {@link RecognizePerson#MAX_IMAGES}, of one moment
     * @return empty when the queue is full
     */
    static Optional<PendingFaces> begin(List<byte[]> images, PictureAnalyzer analyzer, AnalysisRules rules) {
        if (images.isEmpty() || images.size() > RecognizePerson.MAX_IMAGES) {
            throw new IllegalArgumentException("not 1 to " + RecognizePerson.MAX_IMAGES + " images: " + images.size());
        }
        return analyzer.begin(images.get(0), ofEach(images, rules))
                .map(first -> new PendingFaces(images, analyzer, rules, first));
    }

    /**
     * Analyses all images. Unusable ones are left out as long as one is usable. Refused is a request that is too much for the
     * queue now, one with images of different people, and one whose faces together don't look alive: {@link
     * FaceEngine#liveness(List)}.
     *
     * @return faces with the liveness of all together
     */
    FaceFindings await(Calibration calibration) {
        List<ImageFace> faces = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            FaceFinding finding = i == 0 ? FaceFinding.of(current) : next(images.get(i));
            if (finding instanceof FaceFinding.Found found) {
                faces.add(new ImageFace(i, found.face(), found.bystanders()));
                continue;
            }
            Refusal refusal = ((FaceFinding.Refused) finding).refusal();
            if (refusal.code() == Code.OVERLOADED) {
                return new FaceFindings.Refused(refusal);
            }
            refusals.add(images.size() == 1 ? refusal : ofImage(refusal, i));
        }
        return faces.isEmpty()
                ? new FaceFindings.Refused(farthest(refusals))
                : SameFace.mixture(faces, calibration)
                        .<FaceFindings>map(FaceFindings.Refused::new)
                        .orElseGet(() -> alive(faces));
    }

    /** The faces, unless all together don't look alive and that decides. */
    private FaceFindings alive(List<ImageFace> faces) {
        Optional<Liveness> liveness =
                FaceEngine.liveness(faces.stream().map(ImageFace::face).toList());
        if (liveness.isEmpty()) {
            return new FaceFindings.Found(faces);
        }
        Liveness together = liveness.get();
        return rules.liveness() == LivenessMode.ENFORCE && !together.live()
                ? new FaceFindings.Refused(spoof(together))
                : new FaceFindings.Found(faces.stream()
                        .map(face -> new ImageFace(face.image(), face.face().withLiveness(together), face.bystanders()))
                        .toList());
    }

    private static Refusal spoof(Liveness liveness) {
        return new Refusal(
                Code.SPOOF_SUSPECTED,
                "The images don't look like a living face in front of the camera.",
                Map.of("liveness", liveness.score(), "threshold", liveness.threshold()));
    }

    /** With several images liveness is decided over all of them, so none is refused for its own. */
    private static AnalysisRules ofEach(List<byte[]> images, AnalysisRules rules) {
        return images.size() == 1 || rules.liveness() != LivenessMode.ENFORCE
                ? rules
                : rules.withLiveness(LivenessMode.MONITOR);
    }

    private FaceFinding next(byte[] image) {
        Optional<PendingAnalysis> begun = analyzer.begin(image, ofEach(images, rules));
        if (begun.isEmpty()) {
            return new FaceFinding.Refused(FaceFinding.OVERLOADED);
        }
        current.close();
        current = begun.get();
        return FaceFinding.of(current);
    }

    private static Refusal ofImage(Refusal refusal, int image) {
        Map<String, Object> facts = new HashMap<>(refusal.facts());
        facts.put("image", image);
        return new Refusal(refusal.code(), refusal.detail(), facts);
    }

    /** The first of the refusals that got farthest. */
    private static Refusal farthest(List<Refusal> refusals) {
        Refusal best = refusals.get(0);
        for (Refusal refusal : refusals) {
            if (FaceFindings.stage(refusal.code()) > FaceFindings.stage(best.code())) {
                best = refusal;
            }
        }
        return best;
    }

    /** Cancels what has not begun. */
    @Override
    public void close() {
        current.close();
    }
}
