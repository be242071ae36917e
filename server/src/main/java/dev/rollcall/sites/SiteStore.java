package dev.rollcall.sites;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of sites. Each change is noted in the audit log in the same transaction. Every method may throw {@link
 * StoreUnavailableException}.
 */
public interface SiteStore {

    /** Most sites. */
    int MOST_SITES = 1_000;

    /**
     * All sites in the order of their ids, unless they are as the caller knows them.
     *
     * @param known the revision of the sites that the caller knows, or null
     * @return empty if that is the revision still
     */
    Optional<Sites> list(@Nullable String known);

    Optional<Site> find(String id);

    /** Adds an active site. */
    Creating create(NewSite site, Instant at, Caller caller);

    /** Changes a site; empty if there is none with this id. */
    Optional<Site> change(String id, SiteChange change, Instant at, Caller caller);

    /**
     * All sites.
     *
     * @param revision is another one whenever a site is
     */
    record Sites(String revision, List<Site> sites) {

        public Sites {
            sites = List.copyOf(sites);
        }
    }

    /** A site to add. */
    record NewSite(String id, String name, SiteRules rules) {}

    /** The result of adding a site. */
    sealed interface Creating {

        record Created(Site site) implements Creating {}

        /** Another site has the id. */
        record Exists() implements Creating {}

        /** There are {@link #MOST_SITES}. */
        record TooMany() implements Creating {}
    }
}
