package dev.rollcall.config;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.SitePolicies;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.ManageSites;
import dev.rollcall.sites.RulesInForce;
import dev.rollcall.sites.SiteKeeper;
import dev.rollcall.sites.SiteStore;
import dev.rollcall.sites.SitesInForce;
import dev.rollcall.store.function.FunctionSiteStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Creates the use cases of sites and what is known of their rules. */
@ApplicationScoped
class SiteWiring {

    @Produces
    @Singleton
    SiteStore siteStore(Backend backend) {
        return new FunctionSiteStore(backend.functions());
    }

    @Produces
    @Singleton
    SitesInForce sitesInForce(SiteStore store, Settings settings) {
        return inForce(store, settings);
    }

    static SitesInForce inForce(SiteStore store, Settings settings) {
        return new SitesInForce(
                store,
                new RulesInForce(
                        settings.timeZone(),
                        settings.maxAttendancePerDay(),
                        settings.minSecondsBetweenMarks(),
                        settings.dayStartsAt(),
                        settings.targetFalseMatchRate(),
                        settings.livenessMode(),
                        true,
                        null,
                        IdentifyBy.FACE,
                        false));
    }

    @Produces
    @Singleton
    SiteKeeper siteKeeper(SitesInForce sites) {
        return new SiteKeeper(sites);
    }

    @Produces
    @Singleton
    AttendancePolicies attendancePolicies(SitesInForce sites, Settings settings) {
        return policies(sites, settings);
    }

    static AttendancePolicies policies(SitesInForce sites, Settings settings) {
        return new SitePolicies(sites, Duration.ofHours(settings.lateMarkHours()));
    }

    @Produces
    @Singleton
    ManageSites manageSites(SiteStore store, SitesInForce sites, Clock clock) {
        return new ManageSites(store, sites, clock);
    }
}
