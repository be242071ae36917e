package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.Light;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Point;
import dev.rollcall.engine.Pose;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.Rejection;
import dev.rollcall.recognition.PendingAnalysis;
import dev.rollcall.recognition.PictureAnalyzer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Analyses frames that no camera has taken, and remembers with which rules. For one thread. */
final class MadeUpFrames implements PictureAnalyzer {

    private final List<Analysis> analyses = new ArrayList<>();
    private final List<AnalysisRules> begun = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private int closed;

    /** Whether no further picture is taken. */
    boolean full;

    /** Whether every analysis is given up before its end. */
    boolean stopping;

    /** A frame with this face. */
    byte[] showing(Sighting face) {
        return frame(new Analysis.Accepted(face(face)));
    }

    /** A frame that can't be used. */
    byte[] rejected(Rejection.Reason reason) {
        return frame(new Analysis.Rejected(new Rejection(reason, "Not this one.")));
    }

    /** Does something while the next analysis is waited for. */
    void meanwhile(Runnable action) {
        meanwhile = action;
    }

    /** The rules of the analyses that were begun. */
    List<AnalysisRules> begun() {
        return List.copyOf(begun);
    }

    /** How many analyses were closed. */
    int closed() {
        return closed;
    }

    private byte[] frame(Analysis analysis) {
        analyses.add(analysis);
        return Integer.toString(analyses.size() - 1).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<PendingAnalysis> begin(byte[] picture, AnalysisRules rules) {
        if (full) {
            return Optional.empty();
        }
        begun.add(rules);
        return Optional.of(new Pending(analyses.get(Integer.parseInt(new String(picture, StandardCharsets.UTF_8)))));
    }

    private final class Pending implements PendingAnalysis {

        private final Analysis analysis;

        Pending(Analysis analysis) {
            this.analysis = analysis;
        }

        @Override
        public Optional<Analysis> await() {
            Runnable action = meanwhile;
            meanwhile = () -> {};
            action.run();
            return stopping ? Optional.empty() : Optional.of(analysis);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static Face face(Sighting seen) {
        Boolean alive = seen.alive();
        return new Face(
                new DetectedFace(seen.box(), 0.9f),
                new Landmarks(
                        new Point(140, 160),
                        new Point(180, 160),
                        new Point(160, 190),
                        new Point(145, 220),
                        new Point(175, 220)),
                seen.embedding(),
                new Quality(
                        new Quality.Extent(seen.box().height(), 40, 1),
                        new Pose(seen.gaze().yaw(), seen.gaze().pitch(), 0),
                        new Light(0.5f, 0.5f, 0),
                        0.03f,
                        3),
                alive == null ? null : new Liveness(alive ? 0.75 : 0.25, 0.5),
                null);
    }
}
