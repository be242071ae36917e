package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SiteChange;
import dev.rollcall.sites.SiteChange.Rule;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sites in a database, over its functions. Safe for use by several threads. */
public final class FunctionSiteStore implements SiteStore {

    private final DatabaseFunctions functions;

    public FunctionSiteStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Optional<Sites> list(@Nullable String known) {
        JsonNode answer = functions.call(FunctionCall.reads("list_sites").with("p_known", known));
        AnswerRow row = AnswerRow.of("list_sites", answer);
        return row.isNull("sites")
                ? Optional.empty()
                : Optional.of(new Sites(
                        row.text("revision"),
                        row.list("sites").stream().map(FunctionSiteStore::site).toList()));
    }

    @Override
    public Optional<Site> find(String id) {
        return found("find_site", functions.call(FunctionCall.reads("find_site").with("p_site", id)));
    }

    @Override
    public Creating create(NewSite site, Instant at, Caller caller) {
        AnswerRow answer = AnswerRow.of(
                "create_site",
                functions.call(FunctionCall.writes("create_site")
                        .with("p_site", site.id())
                        .with("p_name", site.name())
                        .with("p_rules", json(site.rules()))
                        .with("p_most", MOST_SITES)
                        .with("p_at", at)
                        .with("p_caller", Json.json(caller))));
        String code = answer.text("code");
        return switch (code) {
            case "CREATED" -> new Creating.Created(site(answer.object("site")));
            case "SITE_EXISTS" -> new Creating.Exists();
            case "TOO_MANY" -> new Creating.TooMany();
            default -> throw new IllegalStateException("create_site returned " + code);
        };
    }

    @Override
    public Optional<Site> change(String id, SiteChange change, Instant at, Caller caller) {
        return found(
                "change_site",
                functions.call(FunctionCall.writesOnce("change_site")
                        .with("p_site", id)
                        .with("p_change", json(change))
                        .with("p_at", at)
                        .with("p_caller", Json.json(caller))));
    }

    private static Optional<Site> found(String function, JsonNode site) {
        return site.isNull() ? Optional.empty() : Optional.of(site(AnswerRow.of(function, site)));
    }

    private static Site site(AnswerRow site) {
        return new Site(
                site.text("site"),
                site.text("name"),
                site.flag("active"),
                rules(site),
                site.instant("created_at"),
                site.instant("updated_at"));
    }

    private static SiteRules rules(AnswerRow site) {
        String zone = site.textOrNull("time_zone");
        String dayStartsAt = site.textOrNull("day_starts_at");
        return new SiteRules(
                zone == null ? null : ZoneId.of(zone),
                site.isNull("max_marks_per_day") ? null : (Integer) site.integer("max_marks_per_day"),
                site.isNull("min_seconds_between") ? null : (Integer) site.integer("min_seconds_between"),
                dayStartsAt == null ? null : LocalTime.parse(dayStartsAt),
                site.numberOrNull("target_error_rate"),
                site.isNull("liveness") ? null : site.constant("liveness", LivenessMode.class),
                site.flagOrNull("directions_allowed"),
                geofence(site.objectOrNull("geofence")),
                site.isNull("identify_by") ? null : site.constant("identify_by", IdentifyBy.class),
                site.flagOrNull("pin_allowed"));
    }

    private static @Nullable Geofence geofence(@Nullable AnswerRow circle) {
        return circle == null
                ? null
                : new Geofence(circle.number("latitude"), circle.number("longitude"), circle.number("radius_m"));
    }

    private static ObjectNode json(SiteRules rules) {
        return json(new SiteChange.Rules(
                new Rule<>(rules.timeZone()),
                new Rule<>(rules.maxMarksPerDay()),
                new Rule<>(rules.minSecondsBetween()),
                new Rule<>(rules.dayStartsAt()),
                new Rule<>(rules.targetErrorRate()),
                new Rule<>(rules.liveness()),
                new Rule<>(rules.directionsAllowed()),
                new Rule<>(rules.geofence()),
                new Rule<>(rules.identifyBy()),
                new Rule<>(rules.pinAllowed())));
    }

    private static ObjectNode json(SiteChange change) {
        ObjectNode json = json(change.rules());
        if (change.name() != null) {
            json.put("name", change.name());
        }
        if (change.active() != null) {
            json.put("active", change.active());
        }
        return json;
    }

    private static ObjectNode json(SiteChange.Rules rules) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        put(json, "time_zone", rules.timeZone(), ZoneId::getId);
        put(json, "max_marks_per_day", rules.maxMarksPerDay(), most -> most);
        put(json, "min_seconds_between", rules.minSecondsBetween(), least -> least);
        put(json, "day_starts_at", rules.dayStartsAt(), LocalTime::toString);
        put(json, "target_error_rate", rules.targetErrorRate(), rate -> rate);
        put(json, "liveness", rules.liveness(), mode -> mode.name().toLowerCase(Locale.ROOT));
        put(json, "directions_allowed", rules.directionsAllowed(), allowed -> allowed);
        put(json, "geofence", rules.geofence(), FunctionSiteStore::json);
        put(json, "identify_by", rules.identifyBy(), by -> by.name().toLowerCase(Locale.ROOT));
        put(json, "pin_allowed", rules.pinAllowed(), allowed -> allowed);
        return json;
    }

    /** Puts a rule that changes; null for that of the settings. */
    private static <T> void put(ObjectNode json, String column, @Nullable Rule<T> rule, Function<T, Object> form) {
        if (rule != null) {
            T value = rule.value();
            json.set(column, value == null ? Json.MAPPER.nullNode() : Json.MAPPER.valueToTree(form.apply(value)));
        }
    }

    private static ObjectNode json(Geofence circle) {
        return Json.MAPPER
                .createObjectNode()
                .put("latitude", circle.latitude())
                .put("longitude", circle.longitude())
                .put("radius_m", circle.radiusM());
    }
}
