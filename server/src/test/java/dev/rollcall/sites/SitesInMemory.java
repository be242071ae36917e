package dev.rollcall.sites;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sites in memory, without an audit log. Safe for use by several threads. */
public final class SitesInMemory implements SiteStore {

    /** The rules of sites without their own ones. */
    public static final RulesInForce SETTINGS = new RulesInForce(
            ZoneOffset.UTC, 9, 0, LocalTime.MIDNIGHT, 1e-4, LivenessMode.MONITOR, true, null, IdentifyBy.FACE, false);

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
    public synchronized Creating create(NewSite site, Instant at, Caller caller) {
        if (sites.containsKey(site.id())) {
            return new Creating.Exists();
        }
        if (sites.size() >= MOST_SITES) {
            return new Creating.TooMany();
        }
        Site created = new Site(site.id(), site.name(), true, site.rules(), at, at);
        put(created);
        return new Creating.Created(created);
    }

    @Override
    public synchronized Optional<Site> change(String id, SiteChange change, Instant at, Caller caller) {
        Optional<Site> changed = find(id).map(before -> changed(before, change, at));
        changed.ifPresent(this::put);
        return changed;
    }

    private static Site changed(Site before, SiteChange change, Instant at) {
        Site after = new Site(
                before.id(),
                Objects.requireNonNullElse(change.name(), before.name()),
                Objects.requireNonNullElse(change.active(), before.active()),
                change.rules().on(before.rules()),
                before.createdAt(),
                before.updatedAt());
        return after.equals(before)
                ? before
                : new Site(after.id(), after.name(), after.active(), after.rules(), after.createdAt(), at);
    }
}
