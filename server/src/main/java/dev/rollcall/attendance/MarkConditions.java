package dev.rollcall.attendance;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a site asks of a request for a mark, beside the face.
 *
 * @param directionsAllowed whether a request may choose the direction
 * @param lateLimit how long ago a device may have captured the face of a late mark; zero for no late marks
 * @param geofence where the device must be, or null for anywhere
 */
public record MarkConditions(
        boolean directionsAllowed,
        Duration lateLimit,
        @Nullable Geofence geofence) {

    /** Directions may be chosen, late marks may be three days old, and the device may be anywhere. */
    public static final MarkConditions USUAL = new MarkConditions(true, Duration.ofDays(3), null);

    /**
     * Why a request is refused; empty if it fulfils all conditions.
     *
     * @param now by the service's clock
     */
    public Optional<Refusal> refusal(MarkDetails details, Instant now) {
        return outside(details.position())
                .or(() -> inTheFuture(details.capturedAt(), now))
                .or(() -> tooLate(details.capturedAt(), now))
                .or(() -> directionRefused(details));
    }

    /** Fails closed: without a position, or with one that is too inaccurate, nobody is inside. */
    private Optional<Refusal> outside(@Nullable Position position) {
        return geofence == null ? Optional.empty() : geofence.refusal(position);
    }

    private static Optional<Refusal> inTheFuture(@Nullable Instant capturedAt, Instant now) {
        if (capturedAt == null || !capturedAt.isAfter(now.plus(AttendancePolicy.CLOCK_TOLERANCE))) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Code.INVALID_REQUEST,
                "captured_at is in the future: the device's clock is ahead",
                Map.of("field", "captured_at", "captured_at", capturedAt.toString(), "now", now.toString())));
    }

    private Optional<Refusal> tooLate(@Nullable Instant capturedAt, Instant now) {
        if (capturedAt == null || (!lateLimit.isZero() && !capturedAt.isBefore(now.minus(lateLimit)))) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Code.TOO_LATE,
                "This mark was captured too long ago. An administrator can enter it.",
                Map.of("captured_at", capturedAt.toString(), "late_mark_hours", lateLimit.toHours())));
    }

    private Optional<Refusal> directionRefused(MarkDetails details) {
        return directionsAllowed || details.direction() == null
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Code.DIRECTION_NOT_ALLOWED, "At this site the direction of a mark can't be chosen."));
    }
}
