package dev.rollcall.sites;

import dev.rollcall.outcome.StoreUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sites and their rules in memory, as they were when they were last read from the store: so that a request asks for them without
 * waiting, and while the store can't be reached the last known ones hold. Safe for use by several threads.
 */
public final class SitesInForce {

    private final SiteStore store;
    private final RulesInForce settings;
    private volatile @Nullable Known known;

    /**
     * Creates it without sites; the first question reads them.
     *
     * @param settings the rules of sites that have none of their own
     */
    public SitesInForce(SiteStore store, RulesInForce settings) {
        this.store = store;
        this.settings = settings;
    }

    private record Known(String revision, Map<String, Site> sites) {}

    /** Reads the sites, if they have changed. */
    public synchronized void refresh() {
        Known before = known;
        store.list(before == null ? null : before.revision()).ifPresent(read -> known = known(read));
    }

    /** Reads the sites unless the store can't be reached; then the last known ones hold until it can. */
    public void refreshIfPossible() {
        try {
            refresh();
        } catch (StoreUnavailableException e) {
            // Whoever refreshes them regularly will read them.
        }
    }

    private static Known known(SiteStore.Sites read) {
        return new Known(
                read.revision(),
                read.sites().stream().collect(Collectors.toUnmodifiableMap(Site::id, Function.identity())));
    }

    /**
     * A site; empty if it is not known, which may be because another instance has added it a moment ago.
     *
     * @throws StoreUnavailableException if the sites were never read and can't be read now
     */
    public Optional<Site> find(String id) {
        Known now = known;
        if (now == null) {
            refresh();
            now = known;
        }
        return now == null ? Optional.empty() : Optional.ofNullable(now.sites().get(id));
    }

    /**
     * A site that exists, such as a key's; reads the sites once more if it isn't known, since another instance may have added it a
     * moment ago.
     *
     * @throws StoreUnavailableException if it isn't known and the sites can't be read now
     */
    public Optional<Site> findExisting(String id) {
        Optional<Site> known = find(id);
        if (known.isEmpty()) {
            refresh();
        }
        return known.isEmpty() ? find(id) : known;
    }

    /** A text that is another one whenever a site or a rule is, also one of the settings. */
    public String revision() {
        Known now = known;
        return (now == null ? "" : now.revision()) + settings;
    }

    /**
     * The rules that hold at a site; at one that is not known, those of the settings.
     *
     * @throws StoreUnavailableException if the sites were never read and can't be read now
     */
    public RulesInForce at(String id) {
        return find(id).map(this::of).orElse(settings);
    }

    /** The rules of a site as they were last read, or those of the settings if it was never read; doesn't ask the store. */
    public RulesInForce lastKnown(String id) {
        Known now = known;
        Site site = now == null ? null : now.sites().get(id);
        return site == null ? settings : of(site);
    }

    /** The rules that hold at a site. */
    public RulesInForce of(Site site) {
        return site.rules().over(settings);
    }
}
