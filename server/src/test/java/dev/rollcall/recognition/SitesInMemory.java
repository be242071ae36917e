package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.sites.RulesInForce;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SiteChange;
import dev.rollcall.sites.SiteStore;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sites in memory, for reading alone. Safe for use by several threads. */
final class SitesInMemory implements SiteStore {

    /** The rules of sites without their own ones. */
    static final RulesInForce SETTINGS =
            new RulesInForce(ZoneOffset.UTC, 9, 0, LocalTime.MIDNIGHT, 1e-4, LivenessMode.MONITOR, true, null);

    private final Map<String, Site> sites = new TreeMap<>();
    private int changes;
    private boolean unavailable;

    synchronized void put(Site site) {
        sites.put(site.id(), site);
        changes++;
    }

    /** Fails from now on. */
    synchronized void breakDown() {
        unavailable = true;
    }

    @Override
    public synchronized Optional<Sites> list(@Nullable String known) {
        if (unavailable) {
            throw new StoreUnavailableException("gone", true, null);
        }
        String revision = Integer.toString(changes);
        return revision.equals(known)
                ? Optional.empty()
                : Optional.of(new Sites(revision, new ArrayList<>(sites.values())));
    }

    @Override
    public Optional<Site> find(String id) {
        throw new UnsupportedOperationException("not called by recognition");
    }

    @Override
    public Creating create(NewSite site, Instant at, Caller caller) {
        throw new UnsupportedOperationException("not called by recognition");
    }

    @Override
    public Optional<Site> change(String id, SiteChange change, Instant at, Caller caller) {
        throw new UnsupportedOperationException("not called by recognition");
    }
}
