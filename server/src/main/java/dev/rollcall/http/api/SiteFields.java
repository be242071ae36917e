package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SiteChange;
import dev.rollcall.sites.SiteChange.Rule;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore.NewSite;
import java.io.InputStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reader of a new site, and of a change of a site: a JSON merge patch (RFC 7396). */
final class SiteFields {

    /** The form of a time of day. */
    static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    private static final Set<String> RULES = Set.of(
            "time_zone",
            "max_marks_per_day",
            "min_seconds_between",
            "day_starts_at",
            "target_false_match_rate",
            "liveness",
            "directions_allowed",
            "geofence",
            "identify_by",
            "pin_allowed");

    private static final Pattern ID = Pattern.compile(Site.ID);
    private static final Pattern TIME_OF_DAY = Pattern.compile(TIME);

    private static final int MOST_PER_DAY = 100_000;
    private static final int MOST_SECONDS = 31_536_000;
    private static final double LEAST_RATE = 0.000001;
    private static final double GREATEST_RATE = 0.1;

    private SiteFields() {}

    static NewSite newSite(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, with("site", "name"));
        String id = json.required("site");
        if (!ID.matcher(id).matches()) {
            throw RefusedException.invalid("site", "site must be " + Site.ID_RULE);
        }
        return new NewSite(
                id, Fields.name("name", json.required("name")), rules(json).on(SiteRules.OF_THE_SETTINGS));
    }

    static SiteChange change(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, with("name", "active"));
        JsonNode name = json.value("name");
        JsonNode active = json.value("active");
        return new SiteChange(
                name == null ? null : name(name), active == null ? null : JsonBody.flag("active", active), rules(json));
    }

    /** The names of the rules and of other fields. */
    private static Set<String> with(String... others) {
        return Stream.concat(RULES.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
    }

    private static SiteChange.Rules rules(JsonBody json) {
        return new SiteChange.Rules(
                rule("time_zone", json, SiteFields::zone),
                rule("max_marks_per_day", json, (field, value) -> whole(field, value, 1, MOST_PER_DAY)),
                rule("min_seconds_between", json, (field, value) -> whole(field, value, 0, MOST_SECONDS)),
                rule("day_starts_at", json, SiteFields::timeOfDay),
                rule(
                        "target_false_match_rate",
                        json,
                        (field, value) -> number(field, value, LEAST_RATE, GREATEST_RATE)),
                rule("liveness", json, SiteFields::liveness),
                rule("directions_allowed", json, JsonBody::flag),
                rule("geofence", json, SiteFields::geofence),
                rule("identify_by", json, SiteFields::identifyBy),
                rule("pin_allowed", json, JsonBody::flag));
    }

    private static <T> @Nullable Rule<T> rule(String field, JsonBody json, BiFunction<String, JsonNode, T> reading) {
        JsonNode value = json.value(field);
        if (value == null) {
            return null;
        }
        return new Rule<>(value.isNull() ? null : reading.apply(field, value));
    }

    private static String name(JsonNode value) {
        return Fields.name("name", JsonBody.text("name", value));
    }

    private static ZoneId zone(String field, JsonNode value) {
        String zone = JsonBody.text(field, value);
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw RefusedException.invalid(field, field + " must be a time zone such as Europe/Madrid");
        }
        return ZoneId.of(zone);
    }

    private static LocalTime timeOfDay(String field, JsonNode value) {
        String time = JsonBody.text(field, value);
        if (!TIME_OF_DAY.matcher(time).matches()) {
            throw RefusedException.invalid(field, field + " must be a time of day such as 05:00");
        }
        return LocalTime.parse(time);
    }

    private static LivenessMode liveness(String field, JsonNode value) {
        String mode = JsonBody.text(field, value);
        return Arrays.stream(LivenessMode.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(mode))
                .findFirst()
                .orElseThrow(
                        () -> RefusedException.invalid(field, field + " must be off, monitor, enforce or challenge"));
    }

    private static IdentifyBy identifyBy(String field, JsonNode value) {
        String by = JsonBody.text(field, value);
        return Arrays.stream(IdentifyBy.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(by))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid(field, field + " must be face, number or badge"));
    }

    private static Geofence geofence(String field, JsonNode value) {
        if (!value.isObject()) {
            throw RefusedException.invalid(field, field + " must be an object");
        }
        for (Map.Entry<String, JsonNode> number : value.properties()) {
            if (!Set.of("latitude", "longitude", "radius_m").contains(number.getKey())) {
                throw RefusedException.invalid(field, field + " has latitude, longitude and radius_m alone");
            }
        }
        return new Geofence(
                numberOf(field, value, "latitude", -90, 90),
                numberOf(field, value, "longitude", -180, 180),
                numberOf(field, value, "radius_m", Geofence.LEAST_RADIUS_M, Geofence.GREATEST_RADIUS_M));
    }

    private static double numberOf(String field, JsonNode value, String name, double least, double most) {
        JsonNode number = value.path(name);
        if (!number.isNumber() || !(number.doubleValue() >= least && number.doubleValue() <= most)) {
            throw RefusedException.invalid(
                    field, name + " of " + field + " must be a number from " + (long) least + " to " + (long) most);
        }
        return number.doubleValue();
    }

    private static int whole(String field, JsonNode value, int least, int most) {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw RefusedException.invalid(field, field + " must be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    private static double number(String field, JsonNode value, double least, double most) {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw RefusedException.invalid(field, field + " must be a number from 0.000001 to 0.1");
        }
        return number;
    }
}
