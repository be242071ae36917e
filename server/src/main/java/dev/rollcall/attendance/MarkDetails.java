package dev.rollcall.attendance;

import dev.rollcall.outcome.Refusal;
import dev.rollcall.sites.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a mark says about it, beside whose it is.
 *
 * @param direction null for the one that alternates with the day's last mark
 * @param capturedAt when a device that had no connection captured the face, by its own clock; null for a mark of now
 * @param position where the device is, or null where that is not known. It decides whether the mark is written, and is never stored or
 *     logged.
 */
public record MarkDetails(
        @Nullable Direction direction,
        @Nullable Instant capturedAt,
        @Nullable Position position) {

    /** Nothing is said. */
    public static final MarkDetails NONE = new MarkDetails(null, null, null);

    /** A mark of now in a direction; null for the one that alternates. */
    public static MarkDetails of(@Nullable Direction direction) {
        return new MarkDetails(direction, null, null);
    }

    /** Whether the mark is of a device that had no connection. */
    public boolean isLate() {
        return capturedAt != null;
    }

    /** The moment at which the mark counts: a device's clock may be slightly ahead. */
    public Instant countsAt(Instant now) {
        return capturedAt != null && capturedAt.isBefore(now) ? capturedAt : now;
    }

    /** A refusal of this mark with what the audit log has to say besides: when the face of a late mark was captured. */
    public Refusal forAudit(Refusal refusal) {
        if (capturedAt == null) {
            return refusal;
        }
        Map<String, Object> facts = new HashMap<>(refusal.auditFacts());
        facts.put("captured_at", capturedAt.toString());
        return refusal.withAuditFacts(facts);
    }

    /** Without the position, so that no log can show it. */
    @Override
    public String toString() {
        return "MarkDetails[direction=" + direction + ", capturedAt=" + capturedAt + "]";
    }
}
