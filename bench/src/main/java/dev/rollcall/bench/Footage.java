package dev.rollcall.bench;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.recognition.challenge.Gaze;
import dev.rollcall.recognition.challenge.Sighting;
import dev.rollcall.recognition.challenge.Turn;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody can show to a camera: a face that looks straight, and turns of it.
 *
 * @param name of the film or the photo
 * @param straight frames that look straight
 * @param turns those that are there
 */
record Footage(String name, List<Sighting> straight, Map<Turn, Motion> turns) {

    private static final AnalysisRules RULES = new AnalysisRules(
            QualityLevel.OFF, 0, true, LivenessMode.MONITOR, AnalysisRules.DEFAULT_LIVENESS_THRESHOLD);

    /** How far frames that look straight may be from the straightest one, in degrees. */
    private static final double STRAIGHT = 6;

    /** How far those are from it that stand for a person who holds still. */
    private static final double STILL = 3.5;

    /** Frames of one person reach 0.9, those of two people 0.15. */
    private static final double SAME = 0.5;

    private static final double[] ON_THE_WAY = {0.15, 0.3, 0.45, 0.6, 0.75, 0.9};

    /** Angles of a hand that holds a photo, as parts of the whole. */
    private static final double[] SHAKING = {0.97, 1, 1.03};

    /** A turn: frames on the way, frames in which the head is held, frames on the way back. */
    record Motion(List<Sighting> out, List<Sighting> held, List<Sighting> back) {}

    /** The turns of a film, whose frames are taken {@code every} so many. */
    static Optional<Footage> ofFilm(FaceEngine engine, Path folder, int every) throws IOException {
        List<Sighting> frames = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (int i = 0; i < files.size(); i += every) {
            sighting(engine, Files.readAllBytes(files.get(i))).ifPresent(frames::add);
        }
        Optional<Sighting> straightest = frames.stream().min((one, other) -> Double.compare(size(one), size(other)));
        return straightest.map(middle -> of(folder.getFileName().toString(), frames, middle.gaze()));
    }

    private static double size(Sighting frame) {
        return Math.hypot(frame.gaze().yaw(), frame.gaze().pitch() / 2);
    }

    private static Footage of(String name, List<Sighting> frames, Gaze middle) {
        List<Sighting> straight =
                frames.stream().filter(frame -> offset(frame, middle, STILL)).toList();
        if (straight.size() < 2) {
            straight = frames.stream()
                    .sorted(Comparator.comparingDouble(frame -> distance(frame, middle)))
                    .limit(2)
                    .toList();
        }
        Map<Turn, Motion> turns = new EnumMap<>(Turn.class);
        int start = 0;
        while (start < frames.size()) {
            int end = start;
            while (end < frames.size() && !offset(frames.get(end), middle, STRAIGHT)) {
                end++;
            }
            if (end > start) {
                add(frames.subList(start, end), middle, turns);
            }
            start = end + 1;
        }
        return new Footage(name, straight, turns);
    }

    private static double distance(Sighting frame, Gaze middle) {
        Gaze offset = from(frame, middle);
        return Math.hypot(offset.yaw(), offset.pitch());
    }

    private static boolean offset(Sighting frame, Gaze middle, double most) {
        return Math.abs(frame.gaze().yaw() - middle.yaw()) <= most
                && Math.abs(frame.gaze().pitch() - middle.pitch()) <= most;
    }

    private static Gaze from(Sighting frame, Gaze middle) {
        return new Gaze(frame.gaze().yaw() - middle.yaw(), frame.gaze().pitch() - middle.pitch());
    }

    /** The farthest turn between two straight looks. */
    private static void add(List<Sighting> frames, Gaze middle, Map<Turn, Motion> turns) {
        for (Turn turn : Turn.values()) {
            List<Integer> turned = new ArrayList<>();
            for (int i = 0; i < frames.size(); i++) {
                if (turn.share(from(frames.get(i), middle)) >= 1.1) {
                    turned.add(i);
                }
            }
            if (turned.size() > 1) {
                int first = turned.get(0);
                int last = turned.get(turned.size() - 1);
                turns.putIfAbsent(
                        turn,
                        new Motion(
                                List.copyOf(frames.subList(0, first)),
                                turned.stream().map(frames::get).toList(),
                                List.copyOf(frames.subList(last + 1, frames.size()))));
            }
        }
    }

    /** A photo that is turned by hand as a head turns, and perhaps bent. */
    static Footage ofPhoto(FaceEngine engine, String name, BufferedImage photo, double degrees, double bend) {
        Map<Turn, Motion> turns = new EnumMap<>(Turn.class);
        for (Turn turn : Turn.values()) {
            TiltedPhoto tilted = new TiltedPhoto(photo, bend, turn == Turn.UP || turn == Turn.DOWN);
            double whole = turn == Turn.LEFT || turn == Turn.DOWN ? degrees : -degrees;
            List<Sighting> out = frames(engine, tilted, whole, ON_THE_WAY);
            List<Sighting> back = new ArrayList<>(out);
            Collections.reverse(back);
            turns.put(turn, new Motion(out, frames(engine, tilted, whole, SHAKING), back));
        }
        TiltedPhoto straight = new TiltedPhoto(photo, bend, false);
        return new Footage(name, frames(engine, straight, 1, -1, 0, 1), turns);
    }

    private static List<Sighting> frames(FaceEngine engine, TiltedPhoto photo, double whole, double... parts) {
        List<Sighting> frames = new ArrayList<>();
        for (double part : parts) {
            sighting(engine, photo.turned(whole * part)).ifPresent(frames::add);
        }
        return frames;
    }

    private static Optional<Sighting> sighting(FaceEngine engine, byte[] picture) {
        return engine.analyze(picture, RULES) instanceof Analysis.Accepted accepted
                ? Optional.of(Sighting.of(accepted.face(), Instant.EPOCH))
                : Optional.empty();
    }

    /** Whether two films show the same person, as far as the embeddings can tell. */
    boolean isOfSamePerson(Footage other) {
        return straight.get(0).embedding().similarity(other.straight.get(0).embedding()) >= SAME;
    }

    /** The straight look of one with the turns of another. */
    Footage spliced(Footage other) {
        return new Footage(name + " + " + other.name, straight, other.turns);
    }
}
