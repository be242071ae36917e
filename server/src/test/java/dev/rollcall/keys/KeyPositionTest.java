package dev.rollcall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Cursor;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPositionTest {

    private static final Instant CREATED = Instant.parse("2026-11-22T08:00:00.123456Z");

    @Test
    void positionOfADevice_isReadFromItsCursor() {
        ApiKey device = new ApiKey(
                "0123456789ab", "kiosk", Set.of(Scope.RECOGNIZE), "default", CREATED, null, null, null, null, null);

        assertThat(KeyPosition.parse(new Cursor(KeyPosition.key(device))))
                .contains(new KeyPosition(CREATED, "0123456789ab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "2026-11-22T08:00:00Z",
                "2026-11-22T08:00:00Z 0123456789aB",
                "2026-13-22T08:00:00Z 0123456789ab",
                "2026-11-22T08:00:00+01:00 0123456789ab",
                "+99999-01-01T00:00:00Z 0123456789ab",
                "2026-11-22T08:00:00Z 0123456789ab "
            })
    void otherKeys_areNoPositions(String key) {
        assertThat(KeyPosition.parse(new Cursor(key))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "kiosk\n1", "ki\u00f6sk", "\u007f"})
    void versionsThatAreNotShortAndPlain_areLeftOut(String version) {
        assertThat(DeviceVersion.parse(version)).isNull();
        assertThat(DeviceVersion.parse("x".repeat(65))).isNull();
        assertThat(DeviceVersion.parse(null)).isNull();
        assertThat(DeviceVersion.parse(" kiosk 1.4.2 (iPad) ")).isEqualTo("kiosk 1.4.2 (iPad)");
    }
}
