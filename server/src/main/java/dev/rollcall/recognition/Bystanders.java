package dev.rollcall.recognition;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.Gallery.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rule about people beside the subject of an image: whoever is enrolled at the site and stands that close could be the one who makes
 * the mark, such as with a photo of the subject in the hand. So the image is refused, as one with several faces.
 */
final class Bystanders {

    private Bystanders() {}

    /**
     * The refusal of images with a bystander who matches somebody else than the claimed person; empty when there is none.
     *
     * @param site whose active people count
     * @param threshold least confidence of a match
     */
    static Optional<Refusal> refusal(
            Gallery gallery,
            List<ImageFace> faces,
            String site,
            UserId claimed,
            Calibration calibration,
            double threshold) {
        return faces.stream()
                .flatMap(face -> face.bystanders().stream())
                .flatMap(bystander -> other(gallery, bystander, site, claimed).stream())
                .filter(found -> calibration.confidence(found.similarity()) >= threshold)
                .findFirst()
                .map(found -> new Refusal(
                                Code.MULTIPLE_FACES,
                                "Another person is in front of the camera. One person at a time, please.",
                                Map.of())
                        .withAuditFacts(RivalFacts.of(found, calibration)));
    }

    private static Optional<Found> other(Gallery gallery, Embedding bystander, String site, UserId claimed) {
        return gallery.nearest(bystander, site, 2).stream()
                .filter(found -> !found.userId().equals(claimed))
                .findFirst();
    }
}
