package dev.rollcall.keys;

import dev.rollcall.keys.ApiKeys.CreatedKey;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.Pairings.Client;
import dev.rollcall.keys.Pairings.Redeeming;
import dev.rollcall.keys.PhoneLinkStore.Creation;
import dev.rollcall.keys.PhoneLinkStore.NewPhoneLink;
import dev.rollcall.keys.PhoneLinkStore.Redemption;
import dev.rollcall.outcome.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of people's own phones: an administrator makes a link for a person, and a phone trades it once for a key that marks this
 * person alone. The link's token has 256 random bits and is stored as its SHA-256. Safe for use by several threads.
 */
public final class PhoneLinks {

    /** Who uses a link, in the audit log: a caller that has no key yet. */
    public static final String CALLER = "phone-link";

    /** Most phones of a person: a new one beside the old one, and one more. */
    public static final int MOST_PHONES = 3;

    /** How long a link is valid: it may be sent on one day and opened on the next. */
    static final Duration LIFETIME = Duration.ofHours(24);

    /**
     * Nobody guesses 256 bits; the limit of one network is for whoever tries, and above what an office needs whose people open used links
     * again. There is practically none of all clients together: it would keep out people whose links are right.
     */
    static final AttemptLimits ATTEMPTS = new AttemptLimits(Duration.ofMinutes(10), 60, 1_000_000);

    /** The name of a phone's key until somebody gives it another one. */
    private static final String NAME = "phone";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final PhoneLinkStore store;
    private final Clock clock;

    public PhoneLinks(PhoneLinkStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The result of making a link. */
    public sealed interface Making {

        /**
         * It is made.
         *
         * @param token the secret, which is not stored
         */
        record Made(String token, PhoneLink link) implements Making {}

        /** It is not made. */
        record Not(PhoneLinkStore.Reason reason) implements Making {}
    }

    /**
     * Makes a link for a phone of a person, instead of the one before.
     *
     * @param site the site whose marks the phone makes; null for that of the person, or the default one
     */
    public Making make(String userId, @Nullable String site, Caller caller) {
        String token = RandomText.create();
        Instant now = clock.instant();
        NewPhoneLink link = new NewPhoneLink(userId, KeyHash.of(token), site, now, now.plus(LIFETIME));
        Creation creation = store.create(link, MOST_PHONES, caller);
        return creation instanceof Creation.Created created
                ? new Making.Made(token, created.link())
                : new Making.Not(((Creation.Not) creation).reason());
    }

    /** The link of a person that can still be used. */
    public Optional<PhoneLink> open(String userId) {
        return store.read(userId, clock.instant());
    }

    /** Ends the link of a person; empty if there is none that can still be used. */
    public Optional<PhoneLink> cancel(String userId, Caller caller) {
        return store.cancel(userId, clock.instant(), caller);
    }

    /** Trades a link for a key of the scope self. Whether a token is wrong, expired or used, the refusal is the same. */
    public Redeeming redeem(String token, Client client) {
        if (!TOKEN.matcher(token).matches()) {
            return new Redeeming.Refused(KeyRefusals.phoneLinkInvalid());
        }
        Instant now = clock.instant();
        String secret = ApiKeys.random();
        NewDevice phone = new NewDevice(KeyHash.of(secret), client.version(), now, client.caller());
        Redemption redemption = store.redeem(KeyHash.of(token), NAME, phone, client.network(), ATTEMPTS);
        if (redemption instanceof Redemption.Linked linked) {
            return new Redeeming.Paired(new CreatedKey(secret, linked.key()));
        }
        Refusal refusal = redemption instanceof Redemption.Locked locked
                ? KeyRefusals.tooManyAttempts(now, locked.until())
                : KeyRefusals.phoneLinkInvalid();
        return new Redeeming.Refused(refusal);
    }

    /** Removes expired links. */
    public void sweep() {
        store.sweep(clock.instant());
    }
}
