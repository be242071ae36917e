package dev.rollcall.recognition;

import dev.rollcall.engine.match.Calibration;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.Gallery.Found;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The people of the gallery who are most similar to a face, but for one person.
 *
 * @param rival the most similar one who is no declared look-alike; null when there is nobody
 * @param lookAlike the most similar declared look-alike; null when there is none
 */
record Others(@Nullable Found rival, @Nullable Found lookAlike) {

    /**
     * Asks the gallery.
     *
     * @param faces of one person; each person of the gallery counts with the most similar pair
     * @param site whose active people count
     */
    static Others in(Gallery gallery, List<ImageFace> faces, String site, UserId claimed, Set<UserId> lookAlikes) {
        List<Found> found = mostSimilar(gallery, faces, site, lookAlikes.size() + 2);
        return new Others(
                found.stream()
                        .filter(one -> !one.userId().equals(claimed) && !lookAlikes.contains(one.userId()))
                        .findFirst()
                        .orElse(null),
                found.stream()
                        .filter(one -> lookAlikes.contains(one.userId()))
                        .findFirst()
                        .orElse(null));
    }

    /** The most similar people, most similar first, each with the most similar of the faces. */
    static List<Found> mostSimilar(Gallery gallery, List<ImageFace> faces, String site, int most) {
        Map<UserId, Found> best = new HashMap<>();
        for (ImageFace face : faces) {
            for (Found found : gallery.nearest(face.face().embedding(), site, most)) {
                best.merge(found.userId(), found, (one, other) -> one.similarity() >= other.similarity() ? one : other);
            }
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble(Found::similarity).reversed())
                .limit(most)
                .toList();
    }

    /** The rival for a match; null when there is none. */
    @Nullable
    Rival rivalOf(Calibration calibration) {
        return rival == null ? null : new Rival(calibration.confidence(rival.similarity()), rival.similarity());
    }

    /** Whether a declared look-alike is at least as similar. */
    boolean lookAlikeReaches(double similarity) {
        return lookAlike != null && lookAlike.similarity() >= similarity;
    }
}
