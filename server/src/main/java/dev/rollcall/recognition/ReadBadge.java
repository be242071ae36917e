package dev.rollcall.recognition;

import dev.rollcall.badges.BadgeReader;
import dev.rollcall.engine.FramePixels;
import dev.rollcall.outcome.Refusal;
import java.util.Optional;

/**
 * The use case of reading a badge from a frame of a camera, for devices that can't do that themselves. Nothing is stored, logged or
 * counted as an attempt; whether the badge is valid is checked when a mark is made with it. Safe for use by several threads.
 */
public final class ReadBadge {

    private final FrameReader frames;
    private final SiteAnalysis sites;

    public ReadBadge(FrameReader frames, SiteAnalysis sites) {
        this.frames = frames;
        this.sites = sites;
    }

    /** The result. */
    public sealed interface Result {

        /** The text of the badge in the frame; empty if there is none. */
        record Read(Optional<String> text) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * Reads a frame.
     *
     * @param site of the device
     */
    public Result read(byte[] frame, String site) {
        return sites.refusal(site)
                .<Result>map(Result.Refused::new)
                .or(() -> frames.read(frame, ReadBadge::result))
                .orElseGet(() -> new Result.Refused(FaceFinding.OVERLOADED));
    }

    private static Result result(FramePixels pixels) {
        return pixels instanceof FramePixels.Grey grey
                ? new Result.Read(BadgeReader.read(grey.luminance(), grey.width(), grey.height()))
                : new Result.Refused(FaceFinding.refusal(((FramePixels.Unreadable) pixels).rejection()));
    }
}
