package dev.rollcall.sites;

import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sites in memory, for reading alone. Safe for use by several threads. */
public final class SitesInMemory implements SiteStore {

    /** The rules of sites without their own ones. */
    public static final RulesInForce SETTINGS =
            new RulesInForce(ZoneOffset.UTC, 9, 0, LocalTime.MIDNIGHT, 1e-4, LivenessMode.MONITOR, true, null);

    private final Map<String, Site> sites = new TreeMap<>();
    private int changes;
    private int lists;
    private boolean unavailable;

    public synchronized void put(Site site) {
        sites.put(site.id(), site);
        changes++;
    }

    /** How often the sites were asked for. */
    synchronized int lists() {
        return lists;
    }

    /** Fails from now on. */
    public synchronized void breakDown() {
        unavailable = true;
    }

    @Override
    public synchronized Optional<Sites> list(@Nullable String known) {
        lists++;
        if (unavailable) {
            throw new StoreUnavailableException("gone", true, null);
        }
        String revision = Integer.toString(changes);
        return revision.equals(known)
                ? Optional.empty()
                : Optional.of(new Sites(revision, new ArrayList<>(sites.values())));
    }

    @Override
    public synchronized Optional<Site> find(String id) {
        return Optional.ofNullable(sites.get(id));
    }

    @Override
    public Creating create(NewSite site, Instant at, Caller caller) {
        throw new UnsupportedOperationException("sites in memory are only read");
    }

    @Override
    public Optional<Site> change(String id, SiteChange change, Instant at, Caller caller) {
        throw new UnsupportedOperationException("sites in memory are only read");
    }
}
