package dev.rollcall.keys;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of pairings, and of the attempts at their codes. Each change appends an entry to the audit log, in the same transaction.
 * Every method may throw {@link StoreUnavailableException}.
 */
public interface PairingStore {

    /**
     * Stores a pairing.
     *
     * @param most most pairings that may be open
     */
    Creation create(NewPairing pairing, int most, Caller caller);

    /** The pairings whose code is valid, the oldest first. */
    List<Pairing> list(Instant now);

    /** Ends a pairing; empty if none whose code is valid has this id. */
    Optional<Pairing> cancel(String id, Instant now, Caller caller);

    /**
     * Counts an attempt before it is made, for all service instances together.
     *
     * @param network the network of the client
     */
    Attempt count(String network, Instant now, AttemptLimits limits);

    /**
     * Ends a counted attempt: trades a pairing for a key of the scope recognize, and takes the attempt back. Of several callers
     * with the same pairing one gets a key.
     *
     * @param pairingId the pairing that the code is of, or null if it is of none
     * @return the key, or empty if the attempt failed
     */
    Optional<ApiKey> redeem(@Nullable String pairingId, NewDevice device, String network, AttemptLimits limits);

    /** Removes expired pairings, and counts of attempts that began before a time. */
    void sweep(Instant now, Instant before);

    /**
     * A pairing to be stored.
     *
     * @param id 12 hexadecimal digits
     * @param code what is stored of its code
     */
    record NewPairing(String id, StoredCode code, String name, String site, Instant at, Instant expiresAt) {}

    /** The salt and the hash of a code, in hexadecimal. */
    record StoredCode(String salt, String hash) {}

    /** A pairing whose code is valid. */
    record OpenCode(String pairingId, String salt, String hash) {}

    /**
     * The most attempts within a window.
     *
     * @param perNetwork from one network
     * @param overall of all clients together
     */
    record AttemptLimits(Duration window, int perNetwork, int overall) {}

    /**
     * The key of a device that is paired.
     *
     * @param keyHash SHA-256 of the secret, 64 lower-case hexadecimal digits
     * @param version what the device says of its program, valid for {@link DeviceVersion}, or null
     * @param caller the device, without a key yet
     */
    record NewDevice(String keyHash, @Nullable String version, Instant at, Caller caller) {}

    /** The result of storing a pairing. */
    sealed interface Creation {

        /** It is stored. */
        record Created(Pairing pairing) implements Creation {}

        /** There is no such site. */
        record UnknownSite() implements Creation {}

        /** As many pairings as there may be are open; the next one expires at a time. */
        record TooMany(Instant nextAt) implements Creation {}
    }

    /** The result of counting an attempt. */
    sealed interface Attempt {

        /** It may be made, at these codes. */
        record Counted(List<OpenCode> codes) implements Attempt {

            public Counted {
                codes = List.copyOf(codes);
            }
        }

        /** It may not be made before a time. */
        record Locked(Instant until) implements Attempt {}
    }
}
