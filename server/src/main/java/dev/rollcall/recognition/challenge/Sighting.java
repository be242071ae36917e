package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Liveness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The face of one frame.
 *
 * @param at when the service received the frame, by its own clock
 * @param gaze where the face looks
 * @param box the face's box in pixels of the frame
 * @param alive whether the face passes the liveness threshold; null when liveness is not measured
 */
public record Sighting(
        Instant at,
        Gaze gaze,
        Box box,
        Embedding embedding,
        @Nullable Boolean alive) {

    public static Sighting of(Face face, Instant at) {
        Liveness liveness = face.liveness();
        return new Sighting(
                at,
                Gaze.of(face.quality().pose()),
                face.detection().box(),
                face.embedding(),
                liveness == null ? null : liveness.live());
    }
}
