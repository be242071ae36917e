package dev.rollcall.http.api;

import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.RulesInForce;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SitesInForce;
import java.util.Locale;
import java.util.Optional;

/**
 * What a device needs to know about its site, as the responses say it.
 *
 * @param name the id, while the instance doesn't know the site
 * @param active whether marks are made there
 * @param identifyBy in small letters
 */
record DeviceSite(
        String site,
        String name,
        boolean active,
        String timeZone,
        boolean directionsAllowed,
        boolean positionNeeded,
        boolean challengeNeeded,
        String identifyBy,
        boolean pinAllowed) {

    static DeviceSite of(String id, SitesInForce sites) {
        Optional<Site> site = sites.findExisting(id);
        RulesInForce rules = sites.at(id);
        return new DeviceSite(
                id,
                site.map(Site::name).orElse(id),
                site.map(Site::active).orElse(true),
                rules.timeZone().getId(),
                rules.directionsAllowed(),
                rules.geofence() != null,
                rules.liveness() == LivenessMode.CHALLENGE,
                rules.identifyBy().name().toLowerCase(Locale.ROOT),
                rules.pinAllowed());
    }
}
