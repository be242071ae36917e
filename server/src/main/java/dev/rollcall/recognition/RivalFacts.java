package dev.rollcall.recognition;

import dev.rollcall.engine.match.Calibration;
import dev.rollcall.recognition.gallery.Gallery.Found;
import java.util.Map;

/** The values about a second person in entries of the audit log. */
final class RivalFacts {

    private RivalFacts() {}

    static Map<String, Object> of(Found rival, Calibration calibration) {
        return Map.of(
                "rival_user_id",
                rival.userId().value(),
                "rival_confidence",
                calibration.confidence(rival.similarity()),
                "rival_similarity",
                rival.similarity());
    }
}
