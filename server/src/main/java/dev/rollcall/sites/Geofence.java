package dev.rollcall.sites;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circle in which the devices of a site make marks.
 *
 * @param latitude of its centre, degrees north, −90…90 (WGS 84)
 * @param longitude of its centre, degrees east, −180…180
 * @param radiusM its radius in metres, {@value #LEAST_RADIUS_M} to {@value #GREATEST_RADIUS_M}
 */
public record Geofence(double latitude, double longitude, double radiusM) {

    /** Phones don't know better where they are. */
    public static final double LEAST_RADIUS_M = 10;

    public static final double GREATEST_RADIUS_M = 1_000_000;

    /** The mean radius R1 of the WGS 84 ellipsoid in metres: (2a + b) / 3 (Moritz, Geodetic Reference System 1980, 2000). */
    static final double EARTH_RADIUS_M = 6_371_008.7714;

    private static final String REASON = "reason";

    /** The distances that {@link #distanceClass} tells, in metres. */
    private static final int[] CLASSES_M = {100, 1_000, 10_000, 100_000};

    /** The word for a distance beyond the greatest class. */
    private static final String FARTHER = "farther";

    public Geofence {
        if (!(Math.abs(latitude) <= 90
                && Math.abs(longitude) <= 180
                && radiusM >= LEAST_RADIUS_M
                && radiusM <= GREATEST_RADIUS_M)) {
            throw new IllegalArgumentException("no circle on earth");
        }
    }

    /**
     * Why a device at a position makes no mark; empty if it is inside. A position is inside if it is no farther from the centre than the
     * radius, and not less accurate than the radius: then the device itself is less than two radii from the centre. The refusal says by
     * its reason that the position is missing or too inaccurate. Of one outside, the audit log alone has the distance, and by a class of
     * distances, so that a response helps nobody to find out where the circle ends.
     *
     * @param position null where none was given
     */
    public Optional<Refusal> refusal(@Nullable Position position) {
        if (position == null) {
            return Optional.of(unusable("A position is needed to mark at this site.", "POSITION_MISSING", "missing"));
        }
        if (position.accuracyM() > radiusM) {
            return Optional.of(unusable(
                    "The position is too inaccurate to mark at this site.", "POSITION_INACCURATE", "inaccurate"));
        }
        double distance = distanceM(position);
        return distance <= radiusM
                ? Optional.empty()
                : Optional.of(new Refusal(Code.OUTSIDE_SITE, "The position is outside of this site.")
                        .withAuditFacts(Map.of("position", "outside", "distance", distanceClass(distance - radiusM))));
    }

    private static Refusal unusable(String detail, String reason, String audited) {
        return new Refusal(Code.OUTSIDE_SITE, detail, Map.of(REASON, reason))
                .withAuditFacts(Map.of("position", audited));
    }

    /**
     * The distance of a position from the centre in metres along the surface of a sphere, by the haversine formula (R. W. Sinnott,
     * "Virtues of the Haversine", Sky and Telescope 68, 1984), which is exact for small distances. It differs from that on the ellipsoid
     * by less than 0.6 %.
     */
    double distanceM(Position position) {
        double north = Math.toRadians(position.latitude() - latitude);
        double east = Math.toRadians(position.longitude() - longitude);
        double haversine = squared(Math.sin(north / 2))
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(position.latitude()))
                        * squared(Math.sin(east / 2));
        return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(haversine)));
    }

    private static double squared(double value) {
        return value * value;
    }

    /** A distance beyond the circle as a word: {@code up_to_100_m}, {@code up_to_1000_m} and so on, or {@code farther}. */
    static String distanceClass(double metres) {
        for (int most : CLASSES_M) {
            if (metres <= most) {
                return "up_to_" + most + "_m";
            }
        }
        return FARTHER;
    }
}
