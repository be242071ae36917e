package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.SiteChange;
import dev.rollcall.sites.SiteChange.Rule;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore.NewSite;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteFieldsTest {

    @Test
    void newSite_hasTheRulesThatAreGiven() {
        assertThat(SiteFields.newSite(body("{'site': 'malaga', 'name': ' Málaga '}"), -1))
                .isEqualTo(new NewSite("malaga", "Málaga", SiteRules.OF_THE_SETTINGS));
        assertThat(SiteFields.newSite(
                        body(
                                "{'site': 'malaga', 'name': 'Málaga', 'time_zone': 'Europe/Madrid', 'max_marks_per_day': 4,"
                                        + " 'min_seconds_between': 0, 'day_starts_at': '05:30', 'target_false_match_rate': 0.00001,"
                                        + " 'liveness': 'enforce', 'directions_allowed': false,"
                                        + " 'geofence': {'latitude': 36.7, 'longitude': -4, 'radius_m': 50}}"),
                        -1))
                .isEqualTo(new NewSite(
                        "malaga",
                        "Málaga",
                        new SiteRules(
                                ZoneId.of("Europe/Madrid"),
                                4,
                                0,
                                LocalTime.of(5, 30),
                                0.00001,
                                LivenessMode.ENFORCE,
                                false,
                                new Geofence(36.7, -4, 50),
                                null,
                                null)));
    }

    @Test
    void changedFields_changeAndNullMeansTheSetting() {
        assertThat(SiteFields.change(body("{'name': 'Port', 'active': false, 'day_starts_at': null}"), -1))
                .isEqualTo(new SiteChange(
                        "Port",
                        false,
                        new SiteChange.Rules(null, null, null, new Rule<>(null), null, null, null, null, null, null)));
        assertThat(SiteFields.change(body("{}"), -1))
                .isEqualTo(new SiteChange(
                        null, null, new SiteChange.Rules(null, null, null, null, null, null, null, null, null, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name | null",
                "name | ''",
                "active | null",
                "active | 'true'",
                "time_zone | 'Madrid'",
                "time_zone | '+05:00'",
                "time_zone | 7",
                "max_marks_per_day | 0",
                "max_marks_per_day | 100001",
                "max_marks_per_day | 2.5",
                "max_marks_per_day | 99999999999",
                "min_seconds_between | -1",
                "min_seconds_between | '60'",
                "day_starts_at | '24:00'",
                "day_starts_at | '5:00'",
                "day_starts_at | '05:00:00'",
                "target_false_match_rate | 0",
                "target_false_match_rate | 0.2",
                "liveness | 'ENFORCE'",
                "directions_allowed | 1",
                "geofence | []",
                "geofence | {}",
                "geofence | {'latitude': 91, 'longitude': 0, 'radius_m': 50}",
                "geofence | {'latitude': 9, 'longitude': 0, 'radius_m': 5}",
                "geofence | {'latitude': 9, 'longitude': '0', 'radius_m': 50}",
                "geofence | {'latitude': 9, 'longitude': 0, 'radius_m': 50, 'x': 1}",
                "site | 'b'",
                "created_at | null",
                "threshold | 0.5"
            })
    void wrongOrUnknownField_isRefusedByItsName(String field, String value) {
        assertRefused(() -> SiteFields.change(body("{'" + field + "': " + value + "}"), -1), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | site",
                "{'site': null, 'name': 'A'} | site",
                "{'site': 'Malaga', 'name': 'A'} | site",
                "{'site': '-a', 'name': 'A'} | site",
                "{'site': 'a'} | name",
                "{'site': 'a', 'name': 'A', 'active': true} | active"
            })
    void newSiteWithoutIdOrName_isRefused(String json, String field) {
        assertRefused(() -> SiteFields.newSite(body(json), -1), field);
    }

    private static void assertRefused(ThrowingCallable reading, String field) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.refusal().code()).isEqualTo(Code.INVALID_REQUEST);
            assertThat(e.refusal().facts()).isEqualTo(Map.of("field", field));
        });
    }

    private static InputStream body(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
