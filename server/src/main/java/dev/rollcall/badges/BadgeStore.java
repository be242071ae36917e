package dev.rollcall.badges;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of badges and of the keys that sign them. Each change appends entries to the audit log, in the same transaction. Every method
 * may throw {@link StoreUnavailableException}.
 */
public interface BadgeStore {

    /**
     * The badges of people, in the order of the ids, without those who are not there. A person without a badge gets one.
     *
     * @param renew whether everybody gets another one, which ends the one before
     */
    List<Issued> issue(List<UserId> people, boolean renew, Instant at, Caller caller);

    /** The signer of a person's valid badge; empty if there is none. */
    Optional<BadgeSigner> find(UserId userId);

    /** Replaces the key of a site, which ends the badges that it signed; empty if there is no such site. */
    Optional<Instant> replaceKey(String site, Instant at, Caller caller);

    /** What is known of whom a badge is for. */
    record Holder(UserId userId, String name, @Nullable String group, String site, String siteName) {}

    /**
     * A badge that is valid.
     *
     * @param holder with the site whose key signs the badge
     */
    record Issued(Holder holder, Instant issuedAt, BadgeSigner signer) {}
}
