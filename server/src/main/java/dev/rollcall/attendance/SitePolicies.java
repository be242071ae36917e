package dev.rollcall.attendance;

import dev.rollcall.sites.RulesInForce;
import dev.rollcall.sites.SitesInForce;
import java.time.Duration;

/** The rules for marks of every site, from the rules of the sites that hold now. Safe for use by several threads. */
public final class SitePolicies implements AttendancePolicies {

    private final SitesInForce sites;
    private final Duration lateLimit;

    /**
     * Creates the rules.
     *
     * @param lateLimit how long ago a device may have captured the face of a late mark, at every site
     */
    public SitePolicies(SitesInForce sites, Duration lateLimit) {
        this.sites = sites;
        this.lateLimit = lateLimit;
    }

    @Override
    public String version() {
        return sites.revision();
    }

    @Override
    public AttendancePolicy at(String site) {
        RulesInForce rules = sites.at(site);
        return new AttendancePolicy(
                rules.maxMarksPerDay(),
                Duration.ofSeconds(rules.minSecondsBetween()),
                rules.timeZone(),
                rules.dayStartsAt(),
                new MarkConditions(rules.directionsAllowed(), lateLimit, rules.geofence()));
    }
}
