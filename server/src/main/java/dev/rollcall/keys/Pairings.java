package dev.rollcall.keys;

import dev.rollcall.keys.ApiKeys.CreatedKey;
import dev.rollcall.keys.PairingStore.Attempt;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.Creation;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.PairingStore.NewPairing;
import dev.rollcall.keys.PairingStore.OpenCode;
import dev.rollcall.keys.PairingStore.StoredCode;
import dev.rollcall.outcome.Refusal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of pairing: an administrator creates a code, and a device trades it for a key. {@link PairingCode} says what
 * protects codes. Safe for use by several threads.
 */
public final class Pairings {

    /** Who pairs a device, in the audit log: a caller that has no key yet. */
    public static final String CALLER = "pairing";

    private static final int ID_BYTES = 6;

    /** How long counts of attempts are kept that are over. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final PairingStore store;
    private final Clock clock;
    private final PairingLimits limits;

    public Pairings(PairingStore store, Clock clock) {
        this(store, clock, PairingLimits.DEFAULT);
    }

    Pairings(PairingStore store, Clock clock, PairingLimits limits) {
        this.store = store;
        this.clock = clock;
        this.limits = limits;
    }

    /** The result of creating a pairing. */
    public sealed interface Making {

        /**
         * It is created.
         *
         * @param code the code, which is not stored
         */
        record Made(String code, Pairing pairing) implements Making {}

        /** It is not created. */
        record Refused(Refusal refusal) implements Making {}
    }

    /** The result of an attempt to pair a device. */
    public sealed interface Redeeming {

        /** The device has a key. */
        record Paired(CreatedKey key) implements Redeeming {}

        /** It has none. */
        record Refused(Refusal refusal) implements Redeeming {}
    }

    /**
     * A device that wants a key.
     *
     * @param network its network, for the limit of attempts
     * @param version what it says of its program, valid for {@link DeviceVersion}, or null
     * @param caller what the audit log notes about it
     */
    public record Client(String network, @Nullable String version, Caller caller) {}

    /** Creates a code for one device. */
    public Making create(String name, String site, Caller caller) {
        Instant now = clock.instant();
        PairingCode code = PairingCode.random();
        String salt = PairingCode.newSalt();
        NewPairing pairing = new NewPairing(
                newId(), new StoredCode(salt, code.hash(salt)), name, site, now, now.plus(limits.lifetime()));
        Creation creation = store.create(pairing, limits.mostOpen(), caller);
        if (creation instanceof Creation.Created created) {
            return new Making.Made(code.value(), created.pairing());
        }
        return new Making.Refused(
                creation instanceof Creation.TooMany many
                        ? KeyRefusals.tooManyPairings(limits.mostOpen(), now, many.nextAt())
                        : KeyRefusals.unknownSite());
    }

    /** The pairings whose code is valid, the oldest first. */
    public List<Pairing> list() {
        return store.list(clock.instant());
    }

    /** Ends a pairing; empty if none whose code is valid has this id. */
    public Optional<Pairing> cancel(String id, Caller caller) {
        return ApiKeys.isId(id) ? store.cancel(id, clock.instant(), caller) : Optional.empty();
    }

    /**
     * Trades a code for a key of the scope recognize. Whether a code is wrong, expired or used, the refusal is the same.
     *
     * @param typed the code as somebody typed it
     */
    public Redeeming redeem(String typed, Client client) {
        Optional<PairingCode> code = PairingCode.parse(typed);
        if (code.isEmpty()) {
            return new Redeeming.Refused(KeyRefusals.pairingCodeInvalid());
        }
        Instant now = clock.instant();
        AttemptLimits attempts = new AttemptLimits(limits.window(), limits.perNetwork(), limits.overall());
        Attempt attempt = store.count(client.network(), now, attempts);
        if (attempt instanceof Attempt.Locked locked) {
            return new Redeeming.Refused(KeyRefusals.tooManyAttempts(now, locked.until()));
        }
        String pairingId = pairingOf(code.get(), ((Attempt.Counted) attempt).codes());
        String secret = ApiKeys.random();
        NewDevice device = new NewDevice(KeyHash.of(secret), client.version(), clock.instant(), client.caller());
        return store.redeem(pairingId, device, client.network(), attempts)
                .<Redeeming>map(key -> new Redeeming.Paired(new CreatedKey(secret, key)))
                .orElseGet(() -> new Redeeming.Refused(KeyRefusals.pairingCodeInvalid()));
    }

    /** The pairing that a code is of, or null. */
    private static @Nullable String pairingOf(PairingCode code, List<OpenCode> open) {
        String found = null;
        for (OpenCode candidate : open) {
            if (code.isOf(candidate) && found == null) {
                found = candidate.pairingId();
            }
        }
        return found;
    }

    /** Removes expired pairings and counts of attempts that are over. */
    public void sweep() {
        Instant now = clock.instant();
        store.sweep(now, now.minus(limits.window()).minus(KEPT));
    }

    private static String newId() {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
