package dev.rollcall.engine.pipeline;

import dev.rollcall.engine.AlignedFace;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.FaceShape;
import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.Quality.Extent;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.image.Image;
import dev.rollcall.engine.image.ImageDecoder;
import dev.rollcall.engine.image.Planes;
import dev.rollcall.engine.quality.ExtentMeter;
import dev.rollcall.engine.quality.LightMeter;
import dev.rollcall.engine.quality.PoseEstimator;
import dev.rollcall.engine.quality.QualityGate;
import dev.rollcall.engine.quality.Sharpness;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one decoded frame: detection, landmarks and what can be measured without an embedding. Sizes are converted to
 * pixels of the full picture before they are compared with limits. Frames are taken as upright: they are not tried in other
 * rotations. Not safe for use by several threads at once.
 */
final class FrameAnalysis {

    /**
     * Height in pixels of a face box that is drawn onto the aligned crop at its own size. A smaller face is enlarged, and sharpness
     * falls with its height: measured on pictures reduced to a half and a third (bench/results/quality.md).
     */
    private static final float HEIGHT_IN_CROP = 120;

    private final Image frame;
    private final AnalysisBuffers buffers;
    private final QualityGate gate;
    private final float scale;

    FrameAnalysis(Image frame, FrameRules rules, AnalysisBuffers buffers, QualityGate gate) {
        this.frame = frame;
        this.buffers = buffers;
        this.gate = gate;
        this.scale = scale(frame, rules.fullWidth());
    }

    /** How many pixels of the decoded full picture one of the frame is. */
    private static float scale(Image frame, int fullWidth) {
        if (fullWidth == 0) {
            return 1;
        }
        long fullHeight = Math.max(1, Math.round((double) fullWidth * frame.height() / frame.width()));
        int height = (int) Math.min(FrameRules.MAX_FULL_WIDTH, fullHeight);
        return (float) ImageDecoder.decodedWidth(fullWidth, height) / frame.width();
    }

    FrameVerdict run() {
        List<DetectedFace> faces = buffers.detector().detect(frame);
        Optional<Rejection> unusable = gate.checkDetections(
                faces.stream().map(this::inFullPicture).toList(),
                Math.round(scale * frame.width()),
                Math.round(scale * frame.height()));
        if (unusable.isPresent()) {
            return verdict(faces.isEmpty() ? null : faces.get(0), false, unusable);
        }
        DetectedFace face = faces.get(0);
        FaceShape shape = buffers.landmarkFinder().find(frame, face.box());
        Planes crop = buffers.embedder().crop();
        buffers.aligner().align(frame, shape.landmarks(), crop);
        AlignedFace aligned = new AlignedFace(crop.greenPixels());
        Optional<Rejection> poor =
                gate.checkAppearance(quality(face, shape, crop)).or(() -> gate.checkCoverings(aligned));
        return poor.isPresent() ? verdict(face, false, poor) : verdict(face, true, gate.adviceAboutCoverings(aligned));
    }

    private FrameVerdict verdict(@Nullable DetectedFace face, boolean ready, Optional<Rejection> advice) {
        return new FrameVerdict.Judged(frame.width(), frame.height(), face, ready, advice.orElse(null));
    }

    private DetectedFace inFullPicture(DetectedFace face) {
        return new DetectedFace(face.box().scaled(scale), face.score());
    }

    private Quality quality(DetectedFace face, FaceShape shape, Planes crop) {
        Extent extent = ExtentMeter.measure(frame, face.box(), shape);
        return new Quality(
                new Extent(scale * extent.facePixels(), scale * extent.eyePixels(), extent.visible()),
                PoseEstimator.estimate(shape),
                LightMeter.measure(frame, face.box()),
                Sharpness.measure(crop) * lostDetail(extent.facePixels()),
                0);
    }

    /** How many times as sharp the face is in the full picture because there it has more pixels. */
    private float lostDetail(float facePixels) {
        return Math.min(HEIGHT_IN_CROP, scale * facePixels) / Math.min(HEIGHT_IN_CROP, facePixels);
    }
}
