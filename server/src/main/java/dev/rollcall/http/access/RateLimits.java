package dev.rollcall.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rollcall.http.connection.ClientNetwork;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The rate limits of this instance: two token buckets for each API key, of hints and of other requests, one for each person that is
 * claimed, one for the unreadable badges of each API key, and one for each address that sends requests without a valid key. A
 * new bucket is full; it refills evenly, and is removed when it is full again. Buckets are not persisted. Safe for use by
 * several threads.
 */
public final class RateLimits {

    /** Most buckets of a kind; beyond, the least used are evicted. */
    private static final int MOST_BUCKETS = 5_000;

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** How long a key counts as recently valid: longer than a kiosk is off over a weekend. */
    private static final Duration RECENT = Duration.ofDays(4);

    /** Requests that need no key are cheap, and monitors send many. */
    private static final int OPEN_REQUESTS_FACTOR = 10;

    private final Buckets keys;
    private final Buckets hints;
    private final Buckets people;
    private final Buckets unreadableBadges;
    private final Buckets addresses;
    private final Buckets openRequests;
    private final Cache<UserId, Boolean> refusedLately;
    private final Cache<String, Boolean> validLately;

    /**
     * Creates limits with full buckets.
     *
     * @param time the clock of the buckets
     */
    public RateLimits(Limits limits, TimeMeter time) {
        keys = new Buckets(limits.perKey(), time);
        hints = new Buckets(limits.hintsPerKey(), time);
        people = new Buckets(limits.perPerson(), time);
        unreadableBadges = new Buckets(limits.perPerson(), time);
        addresses = new Buckets(limits.perAddress(), time);
        openRequests = new Buckets(limits.perAddress() * OPEN_REQUESTS_FACTOR, time);
        refusedLately = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterWrite(PERIOD)
                .ticker(time::currentTimeNanos)
                .build();
        validLately = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(RECENT)
                .ticker(time::currentTimeNanos)
                .build();
    }

    /**
     * The limits in requests a minute; 0 for no limit.
     *
     * @param perKey requests with one API key, hints not counted
     * @param hintsPerKey requests for hints with one API key
     * @param perPerson attempts at one person, those that matched not counted; also unreadable badges with one API key
     * @param perAddress requests from one address without a valid key
     */
    public record Limits(int perKey, int hintsPerKey, int perPerson, int perAddress) {}

    /**
     * The refusal of a request from an address that has sent too many wrong keys, before its key is looked up. A key that
     * was valid lately is not refused: it may share the address with a client that guesses keys, such as behind NAT.
     *
     * @param keyHashes the SHA-256 of the request's key, or of what may be one
     */
    Optional<Refusal> beforeAuthentication(String address, List<String> keyHashes) {
        boolean wasValid = keyHashes.stream().anyMatch(hash -> validLately.getIfPresent(hash) != null);
        return wasValid ? Optional.empty() : addresses.wouldRefuse(ClientNetwork.of(address));
    }

    /** Records that a key was valid. */
    void authenticated(String keyHash) {
        validLately.put(keyHash, true);
    }

    /** Counts a request without a valid key. */
    void unauthenticated(String address) {
        addresses.take(ClientNetwork.of(address));
    }

    /** Counts a request that needs no key. */
    Optional<Refusal> open(String address) {
        return openRequests.take(ClientNetwork.of(address));
    }

    /** Counts a request for a hint with a key. */
    Optional<Refusal> hint(String keyId) {
        return hints.take(keyId);
    }

    /** Counts a request with a key, other than for a hint. */
    Optional<Refusal> key(String keyId) {
        return keys.take(keyId);
    }

    /** Counts an attempt at a person. */
    public Optional<Refusal> attempt(UserId userId) {
        return people.take(userId.value());
    }

    /** Counts a badge that can't be read. */
    Optional<Refusal> unreadableBadge(String keyId) {
        return unreadableBadges.take(keyId);
    }

    /** Takes back the count of an attempt that didn't show another person's face or a badge that isn't valid. */
    public void refund(UserId userId) {
        people.refund(userId.value());
    }

    /** Whether a refusal of attempts at a person is the first within a minute. */
    public boolean isFirstRefusal(UserId userId) {
        return refusedLately.asMap().putIfAbsent(userId, true) == null;
    }

    private static final class Buckets {

        private final int limit;
        private final TimeMeter time;
        private final Cache<String, Bucket> buckets;

        Buckets(int limit, TimeMeter time) {
            this.limit = limit;
            this.time = time;
            buckets = Caffeine.newBuilder()
                    .maximumSize(MOST_BUCKETS)
                    .expireAfterAccess(PERIOD)
                    .ticker(time::currentTimeNanos)
                    .build();
        }

        Optional<Refusal> wouldRefuse(String name) {
            Bucket bucket = limit == 0 ? null : buckets.getIfPresent(name);
            return bucket == null
                    ? Optional.empty()
                    : refusal(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
        }

        Optional<Refusal> take(String name) {
            return limit == 0
                    ? Optional.empty()
                    : refusal(bucket(name).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
        }

        void refund(String name) {
            if (limit > 0) {
                bucket(name).addTokens(1);
            }
        }

        private Bucket bucket(String name) {
            return buckets.get(name, unused -> Bucket.builder()
                    .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, PERIOD))
                    .withCustomTimePrecision(time)
                    .build());
        }

        private Optional<Refusal> refusal(long nanosToWait) {
            if (nanosToWait == 0) {
                return Optional.empty();
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanosToWait - 1) + 1;
            return Optional.of(new Refusal(
                    Code.RATE_LIMITED,
                    "Too many requests. Wait and try again.",
                    Map.of("limit_per_minute", limit, "retry_after_s", seconds)));
        }
    }
}
