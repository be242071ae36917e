package dev.rollcall.badges;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.sites.ManageSites;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The use cases of badges: issuing them, ending all of a site, and the check of one that is shown. A person has one badge at a time,
 * signed with the key of the site that the person is bound to, or of the default one; it is valid wherever the person may be marked.
 * Safe for use by several threads.
 */
public final class Badges {

    /** Most people of one call. */
    public static final int MOST_AT_ONCE = 100;

    private final BadgeStore store;
    private final Clock clock;

    public Badges(BadgeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A badge to print. */
    public record Printed(BadgeStore.Holder holder, Instant issuedAt, Badge badge) {}

    /** The result of replacing a key. */
    public sealed interface Replacing {

        /** There is another key since that time. */
        record Replaced(Instant at) implements Replacing {}

        record Refused(Refusal refusal) implements Replacing {}
    }

    /**
     * The badges of people, in this order, without those who are not there.
     *
     * @param people at most {@value #MOST_AT_ONCE}
     * @param renew whether the badges that they have end
     */
    public List<Printed> issue(List<UserId> people, boolean renew, Caller caller) {
        return store.issue(people, renew, clock.instant(), caller).stream()
                .map(issued -> new Printed(
                        issued.holder(),
                        issued.issuedAt(),
                        issued.signer().badge(issued.holder().userId())))
                .toList();
    }

    /** Ends all badges that a site's key has signed. */
    public Replacing replaceKey(String site, Caller caller) {
        return store.replaceKey(site, clock.instant(), caller)
                .<Replacing>map(Replacing.Replaced::new)
                .orElseGet(() -> new Replacing.Refused(ManageSites.notFound()));
    }

    /**
     * Why a badge does not count; empty if it does. Whether it was forged, is of a person who is not there, or was ended, is for the audit
     * log alone.
     */
    public Optional<Refusal> refusal(Badge badge) {
        Optional<BadgeSigner> signer = store.find(badge.userId());
        if (signer.isEmpty()) {
            return Optional.of(invalid().withAuditFacts(Map.of("reason", "no_badge")));
        }
        return signer.get().accepts(badge)
                ? Optional.empty()
                : Optional.of(invalid().withAuditFacts(Map.of("reason", "forged_or_ended")));
    }

    /** The refusal of a badge that does not count, or of a text that is no badge. */
    public static Refusal invalid() {
        return new Refusal(Code.BADGE_INVALID, "This badge is not valid. Ask for a new one.");
    }
}
