package dev.rollcall.sites;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The use cases of sites: list, read, add, change. A site is never removed, since marks, keys and people name it; it can be
 * deactivated. Safe for use by several threads.
 */
public final class ManageSites {

    private static final Pattern ID = Pattern.compile(Site.ID);

    private final SiteStore store;
    private final SitesInForce inForce;
    private final Clock clock;

    public ManageSites(SiteStore store, SitesInForce inForce, Clock clock) {
        this.store = store;
        this.inForce = inForce;
        this.clock = clock;
    }

    /** The result of adding or changing a site. */
    public sealed interface Result {

        /** The site as it is now. */
        record Done(Site site) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    /** All sites, in the order of their ids. */
    public List<Site> list() {
        return store.list(null).map(SiteStore.Sites::sites).orElse(List.of());
    }

    public Optional<Site> read(String id) {
        return isId(id) ? store.find(id) : Optional.empty();
    }

    /** The rules that hold at a site. */
    public RulesInForce inForce(Site site) {
        return inForce.of(site);
    }

    /** Adds an active site; its rules hold at once. */
    public Result create(SiteStore.NewSite site, Caller caller) {
        SiteStore.Creating creating = store.create(site, clock.instant(), caller);
        if (creating instanceof SiteStore.Creating.Created created) {
            inForce.refreshIfPossible();
            return new Result.Done(created.site());
        }
        return new Result.Refused(
                creating instanceof SiteStore.Creating.Exists
                        ? new Refusal(Code.SITE_EXISTS, "There is already a site with this id.")
                        : invalid("site", "there are already " + SiteStore.MOST_SITES + " sites"));
    }

    /** Changes a site; its rules hold at once. */
    public Result change(String id, SiteChange change, Caller caller) {
        if (id.equals(Site.DEFAULT) && Boolean.FALSE.equals(change.active())) {
            return new Result.Refused(invalid("active", "the site default is always active"));
        }
        Optional<Site> changed = isId(id) ? store.change(id, change, clock.instant(), caller) : Optional.empty();
        if (changed.isEmpty()) {
            return new Result.Refused(notFound());
        }
        inForce.refreshIfPossible();
        return new Result.Done(changed.get());
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The refusal for a site that is not there. */
    public static Refusal notFound() {
        return new Refusal(Code.SITE_NOT_FOUND, "There is no site with this id.");
    }

    private static Refusal invalid(String field, String detail) {
        return new Refusal(Code.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
