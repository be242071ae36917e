package dev.rollcall.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.Site;
import java.time.ZoneId;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a site with its rules. */
final class SiteCheck {

    private static final Set<String> SITE = Set.of(
            "site",
            "name",
            "active",
            "time_zone",
            "max_marks_per_day",
            "min_seconds_between",
            "day_starts_at",
            "target_error_rate",
            "liveness",
            "directions_allowed",
            "geofence",
            "identify_by",
            "pin_allowed",
            "created_at",
            "updated_at",
            "threshold",
            "threshold_changed_at",
            "badge_key",
            "badge_key_made_at");

    private static final Pattern ID = Pattern.compile(Site.ID);
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9+_/-]{1,64}");
    private static final String A_ZONE = "a time zone, such as Europe/Berlin";
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d");
    private static final Pattern LIVENESS = Pattern.compile("off|monitor|enforce|challenge");

    private static final Pattern IDENTIFY_BY = Pattern.compile("face|number|badge");
    private static final Pattern BADGE_KEY = Pattern.compile("\\\\x[0-9a-f]{64}");

    /** Far from the ends, where a rate would be 0 or 1 once it is stored. */
    private static final double LEAST_RATE = 1e-12;

    private static final int MAX_GEOFENCE = 500;

    private SiteCheck() {}

    static void check(Content site) throws ArchiveException {
        site.hasOnly(SITE);
        site(site);
        RowCheck.name(site);
        site.flag("active");
        if (!site.json().path("active").asBoolean()
                && site.json().path("site").asText().equals(Site.DEFAULT)) {
            throw site.wrong("active", "must be true for the site default");
        }
        zone(site);
        if (site.has("max_marks_per_day")) {
            site.whole("max_marks_per_day", 1, Integer.MAX_VALUE);
        }
        if (site.has("min_seconds_between")) {
            site.whole("min_seconds_between", 0, Integer.MAX_VALUE);
        }
        site.textOrNull("day_starts_at", TIME, "a time of day with seconds");
        site.realOrNull("target_error_rate", LEAST_RATE, 1 - LEAST_RATE);
        site.textOrNull("liveness", LIVENESS, "off, monitor, enforce or challenge");
        if (site.has("directions_allowed")) {
            site.flag("directions_allowed");
        }
        geofence(site);
        site.textOrNull("identify_by", IDENTIFY_BY, "face, number or badge");
        if (site.has("pin_allowed")) {
            site.flag("pin_allowed");
        }
        badgeKey(site);
        site.instant("created_at");
        site.instant("updated_at");
        threshold(site);
    }

    /** Both or none, as the database has them. */
    private static void threshold(Content site) throws ArchiveException {
        site.realOrNull("threshold", LEAST_RATE, 1 - LEAST_RATE);
        if (site.has("threshold")) {
            site.instant("threshold_changed_at");
        } else if (site.has("threshold_changed_at")) {
            throw site.wrong("threshold_changed_at", "must be null without a threshold");
        }
    }

    /** Both or none, as the database has them. */
    private static void badgeKey(Content site) throws ArchiveException {
        site.textOrNull("badge_key", BADGE_KEY, "\\x and 64 lower-case hexadecimal digits");
        if (site.has("badge_key")) {
            site.instant("badge_key_made_at");
        } else if (site.has("badge_key_made_at")) {
            throw site.wrong("badge_key_made_at", "must be null without a badge_key");
        }
    }

    private static void zone(Content site) throws ArchiveException {
        site.textOrNull("time_zone", ZONE, A_ZONE);
        if (site.has("time_zone") && !ZoneId.getAvailableZoneIds().contains(site.text("time_zone"))) {
            throw site.wrong("time_zone", "must be " + A_ZONE);
        }
    }

    /** The numbers of a geofence alone, since it is written as it is. */
    private static void geofence(Content site) throws ArchiveException {
        if (!site.has("geofence")) {
            return;
        }
        if (!(site.json().path("geofence") instanceof ObjectNode fence)
                || fence.toString().length() > MAX_GEOFENCE) {
            throw site.wrong("geofence", "must be an object of at most " + MAX_GEOFENCE + " characters");
        }
        Content numbers = site.within(fence, "geofence");
        numbers.hasOnly(Set.of("latitude", "longitude", "radius_m"));
        numbers.real("latitude", -90, 90);
        numbers.real("longitude", -180, 180);
        numbers.real("radius_m", Geofence.LEAST_RADIUS_M, Geofence.GREATEST_RADIUS_M);
    }

    /** Checks the id of the site that a row names. */
    static void site(Content row) throws ArchiveException {
        row.text("site", ID, Site.ID_RULE);
    }
}
