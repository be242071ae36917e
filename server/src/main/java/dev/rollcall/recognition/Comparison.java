package dev.rollcall.recognition;

import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.Templates;
import dev.rollcall.people.Person;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of the faces of one request with a person's templates.
 *
 * @param similarity cosine, −1…1, of the most similar pair
 * @param liveness that of all faces together; null when it was not measured
 */
record Comparison(double similarity, @Nullable Liveness liveness) {

    /**
     * Compares.
     *
     * @param faces at least one
     * @param person with at least one template
     */
    static Comparison of(List<ImageFace> faces, Person person) {
        double similarity = faces.stream()
                .mapToDouble(face -> Templates.bestSimilarity(face.face().embedding(), person.templates())
                        .orElseThrow(() -> new IllegalStateException("a person without templates was compared")))
                .max()
                .orElseThrow(() -> new IllegalStateException("no face was compared"));
        Liveness liveness = faces.stream()
                .map(face -> face.face().liveness())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new Comparison(similarity, liveness);
    }

    /**
     * The match with a person.
     *
     * @param others null when the gallery was not asked
     */
    Match match(Person person, Calibration calibration, double threshold, @Nullable Others others) {
        return new Match(
                person.userId(),
                person.name(),
                calibration.confidence(similarity),
                similarity,
                threshold,
                liveness,
                others == null ? null : others.rivalOf(calibration),
                others == null ? null : (Boolean) others.lookAlikeReaches(similarity));
    }
}
