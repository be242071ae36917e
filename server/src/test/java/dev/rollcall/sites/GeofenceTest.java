package dev.rollcall.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeofenceTest {

    private static final Geofence OFFICE = new Geofence(36.7213, -4.4214, 100);

    /** Metres of a degree of a great circle of the earth as a sphere. */
    private static final double DEGREE_M = Math.PI * Geofence.EARTH_RADIUS_M / 180;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 1, 111195",
        "0, 0, 1, 0, 111195",
        "90, 0, -90, 0, 20015115",
        "0, 179.5, 0, -179.5, 111195",
        "60, 10, 60, 11, 55597",
        // Paris to London, of which every table of distances has 343 or 344 km.
        "48.8566, 2.3522, 51.5074, -0.1278, 343556"
    })
    void distance_isThatOnASphere(
            double latitude, double longitude, double toLatitude, double toLongitude, double metres) {
        assertThat(new Geofence(latitude, longitude, 100).distanceM(new Position(toLatitude, toLongitude, 0)))
                .isCloseTo(metres, within(5.0));
    }

    /** The law of cosines of spherical trigonometry, which is exact for distances that are not small. */
    @Property
    void distance_isThatOfTheLawOfCosines(
            @ForAll @DoubleRange(min = -90, max = 90) double latitude,
            @ForAll @DoubleRange(min = -180, max = 180) double longitude,
            @ForAll @DoubleRange(min = -90, max = 90) double toLatitude,
            @ForAll @DoubleRange(min = -180, max = 180) double toLongitude) {
        double from = Math.toRadians(latitude);
        double to = Math.toRadians(toLatitude);
        double cosine = Math.sin(from) * Math.sin(to)
                + Math.cos(from) * Math.cos(to) * Math.cos(Math.toRadians(toLongitude - longitude));

        assertThat(new Geofence(latitude, longitude, 100).distanceM(new Position(toLatitude, toLongitude, 0)))
                .isCloseTo(Geofence.EARTH_RADIUS_M * Math.acos(Math.max(-1, Math.min(1, cosine))), within(1.0));
    }

    @Property
    void distance_isTheSameBothWays(
            @ForAll @DoubleRange(min = -90, max = 90) double latitude,
            @ForAll @DoubleRange(min = -180, max = 180) double longitude,
            @ForAll @DoubleRange(min = -90, max = 90) double toLatitude,
            @ForAll @DoubleRange(min = -180, max = 180) double toLongitude) {
        assertThat(new Geofence(latitude, longitude, 100).distanceM(new Position(toLatitude, toLongitude, 0)))
                .isCloseTo(
                        new Geofence(toLatitude, toLongitude, 100).distanceM(new Position(latitude, longitude, 0)),
                        within(1e-3));
    }

    @Property
    void deviceToTheNorth_isInsideUpToTheRadius(
            @ForAll @DoubleRange(min = -80, max = 80) double latitude,
            @ForAll @DoubleRange(min = -180, max = 180) double longitude,
            @ForAll @DoubleRange(min = 10, max = 100_000) double radius,
            @ForAll @DoubleRange(min = 0, max = 2) double share) {
        Geofence circle = new Geofence(latitude, longitude, radius);
        Position north = new Position(latitude + share * radius / DEGREE_M, longitude, radius);

        if (Math.abs(share - 1) > 1e-6) {
            assertThat(circle.refusal(north).isEmpty()).isEqualTo(share < 1);
        }
    }

    @Test
    void withoutAPosition_nobodyIsInside() {
        assertRefused(OFFICE.refusal(null).orElseThrow(), "POSITION_MISSING", Map.of("position", "missing"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {100.001, 5_000, 1e8, Double.POSITIVE_INFINITY})
    void positionThatIsLessAccurateThanTheRadius_isNotInside(double accuracy) {
        assertRefused(
                OFFICE.refusal(new Position(36.7213, -4.4214, accuracy)).orElseThrow(),
                "POSITION_INACCURATE",
                Map.of("position", "inaccurate"));
        assertThat(OFFICE.refusal(new Position(36.7213, -4.4214, 100))).isEmpty();
    }

    @Test
    void positionOutside_isLoggedByAClassOfDistancesAlone() {
        assertRefused(
                OFFICE.refusal(new Position(36.7313, -4.4214, 5)).orElseThrow(),
                null,
                Map.of("position", "outside", "distance", "up_to_10000_m"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, up_to_100_m",
        "100, up_to_100_m",
        "101, up_to_1000_m",
        "9999, up_to_10000_m",
        "99999, up_to_100000_m",
        "2000000, farther"
    })
    void distances_haveFewClasses(double metres, String word) {
        assertThat(Geofence.distanceClass(metres)).isEqualTo(word);
    }

    @Test
    void impossiblePlaces_areRefused() {
        assertThatThrownBy(() -> new Position(91, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Position(Double.NaN, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Position(0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Geofence(0, 181, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Geofence(0, 0, 9)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Position(36.5, -4.5, 1).toString()).doesNotContain("36");
    }

    /** The response says which of the three it was, and nothing about distances. */
    private static void assertRefused(Refusal refusal, @Nullable String reason, Map<String, Object> auditFacts) {
        assertThat(refusal.code()).isEqualTo(Code.OUTSIDE_SITE);
        assertThat(refusal.facts()).isEqualTo(reason == null ? Map.of() : Map.of("reason", reason));
        assertThat(refusal.auditFacts()).isEqualTo(auditFacts);
    }
}
