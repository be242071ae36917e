package dev.rollcall.keys;

import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of links for people's phones, of which each person has one at the most. Each change appends an entry to the audit log, in
 * the same transaction. Every method may throw {@link StoreUnavailableException}.
 */
public interface PhoneLinkStore {

    /**
     * Stores a link instead of the person's one before.
     *
     * @param mostPhones with how many phones a person gets no link
     */
    Creation create(NewPhoneLink link, int mostPhones, Caller caller);

    /** The link of a person that can still be used. */
    Optional<PhoneLink> read(String userId, Instant now);

    /** Ends the link of a person; empty if there is none that can still be used. */
    Optional<PhoneLink> cancel(String userId, Instant now, Caller caller);

    /**
     * Trades a link for a key of the scope self. Of several phones with the same link one gets a key. The attempt counts, for all
     * service instances together, unless it succeeds.
     *
     * @param hash SHA-256 of the link's token, 64 lower-case hexadecimal digits
     * @param name the name of the key
     * @param network the network of the phone
     */
    Redemption redeem(String hash, String name, NewDevice phone, String network, AttemptLimits limits);

    /** Removes expired links. */
    void sweep(Instant now);

    /**
     * A link to be stored.
     *
     * @param hash SHA-256 of its token, 64 lower-case hexadecimal digits
     * @param site the site whose marks the phone makes; null for that of the person, or the default one
     */
    record NewPhoneLink(
            String userId, String hash, @Nullable String site, Instant at, Instant expiresAt) {}

    /** The result of storing a link. */
    sealed interface Creation {

        /** It is stored. */
        record Created(PhoneLink link) implements Creation {}

        /** It is not stored. */
        record Not(Reason reason) implements Creation {}
    }

    /** Why a link is not stored. */
    enum Reason {
        /** There is no such person. */
        NOT_ENROLLED,
        /** The person is not active. */
        INACTIVE,
        /** There is no such site. */
        UNKNOWN_SITE,
        /** The person is recognised at another site alone. */
        OTHER_SITE,
        /** The person has as many phones as there may be. */
        TOO_MANY
    }

    /** The result of an attempt to use a link. */
    sealed interface Redemption {

        /** The phone has a key. */
        record Linked(ApiKey key) implements Redemption {}

        /** There is no such link, or it was used or has expired. */
        record Invalid() implements Redemption {}

        /** No attempt may be made before a time. */
        record Locked(Instant until) implements Redemption {}
    }
}
