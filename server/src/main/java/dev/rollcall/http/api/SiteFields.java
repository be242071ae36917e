package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.sites.Geofence;
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
            "geofence");

    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern ID = Pattern.compile(Site.ID);
    private static final Pattern TIME_OF_DAY = Pattern.compile(TIME);

    private static final int MOST_PER_DAY = 100_000;
    private static final int MOST_SECONDS = 31_536_000;
    private static final double LEAST_RATE = 0.000001;
    private static final double GREATEST_RATE = 0.1;

    private SiteFields() {}

    static NewSite newSite(InputStream body, long length) {
        ObjectNode json = SmallJson.read(body, length);
        refuseUnknown(json, Set.of("site", "name"));
        String id = text("site", given("site", json));
        if (!ID.matcher(id).matches()) {
            throw RefusedException.invalid("site", "site must be " + Site.ID_RULE);
        }
        return new NewSite(id, name(given("name", json)), rules(json).on(SiteRules.OF_THE_SETTINGS));
    }

    static SiteChange change(InputStream body, long length) {
        ObjectNode json = SmallJson.read(body, length);
        refuseUnknown(json, Set.of("name", "active"));
        JsonNode name = json.get("name");
        JsonNode active = json.get("active");
        return new SiteChange(
                name == null ? null : name(name), active == null ? null : flag("active", active), rules(json));
    }

    private static JsonNode given(String field, ObjectNode json) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return value;
    }

    /** Names the field unless its name is longer or stranger than that of any field. */
    private static void refuseUnknown(ObjectNode json, Set<String> others) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String name = field.getKey();
            if (!RULES.contains(name) && !others.contains(name)) {
                throw FIELD.matcher(name).matches()
                        ? RefusedException.invalid(name, name + " is no field of a site that can be given here")
                        : RefusedException.invalid("the body has a field that a site doesn't have");
            }
        }
    }

    private static SiteChange.Rules rules(ObjectNode json) {
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
                rule("directions_allowed", json, SiteFields::flag),
                rule("geofence", json, SiteFields::geofence));
    }

    private static <T> @Nullable Rule<T> rule(String field, ObjectNode json, BiFunction<String, JsonNode, T> reading) {
        JsonNode value = json.get(field);
        if (value == null) {
            return null;
        }
        return new Rule<>(value.isNull() ? null : reading.apply(field, value));
    }

    private static String name(JsonNode value) {
        return Fields.name("name", text("name", value));
    }

    private static ZoneId zone(String field, JsonNode value) {
        String zone = text(field, value);
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw RefusedException.invalid(field, field + " must be a time zone such as Europe/Madrid");
        }
        return ZoneId.of(zone);
    }

    private static LocalTime timeOfDay(String field, JsonNode value) {
        String time = text(field, value);
        if (!TIME_OF_DAY.matcher(time).matches()) {
            throw RefusedException.invalid(field, field + " must be a time of day such as 05:00");
        }
        return LocalTime.parse(time);
    }

    private static LivenessMode liveness(String field, JsonNode value) {
        String mode = text(field, value);
        return Arrays.stream(LivenessMode.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(mode))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid(field, field + " must be off, monitor or enforce"));
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

    private static boolean flag(String field, JsonNode value) {
        if (!value.isBoolean()) {
            throw RefusedException.invalid(field, field + " must be true or false");
        }
        return value.booleanValue();
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

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }
}
