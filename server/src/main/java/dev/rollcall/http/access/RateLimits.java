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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How often something may be asked: a bucket of tokens for each API key, each person that somebody claims to be, and each
 * address from which no valid key comes. Buckets are full at first, fill up evenly, and are forgotten when they are full
 * again or the process ends. Safe for use by several threads.
 */
public final class RateLimits {

    /** Most buckets of a kind; beyond, those that are used least are forgotten. */
    private static final int MOST_BUCKETS = 5_000;

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** A kiosk rests over a weekend. */
    private static final Duration REMEMBERED = Duration.ofDays(4);

    /** Requests that need no key are cheap, and those who watch a service ask often. */
    private static final int OPEN_REQUESTS_FACTOR = 10;

    private final Kind keys;
    private final Kind people;
    private final Kind addresses;
    private final Kind openRequests;
    private final Cache<UserId, Boolean> told;
    private final Cache<String, Boolean> welcome;

    /**
     * Begins with full buckets.
     *
     * @param time what time it is for the buckets
     */
    public RateLimits(Limits limits, TimeMeter time) {
        keys = new Kind(limits.perKey(), time);
        people = new Kind(limits.perPerson(), time);
        addresses = new Kind(limits.perAddress(), time);
        openRequests = new Kind(limits.perAddress() * OPEN_REQUESTS_FACTOR, time);
        told = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterWrite(PERIOD)
                .ticker(time::currentTimeNanos)
                .build();
        welcome = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(REMEMBERED)
                .ticker(time::currentTimeNanos)
                .build();
    }

    /**
     * Most of each in a minute; 0 for no limit.
     *
     * @param perKey requests with one API key
     * @param perPerson recognitions of somebody claiming to be one person, those that fit not counted
     * @param perAddress requests from one address without a valid key
     */
    public record Limits(int perKey, int perPerson, int perAddress) {}

    /**
     * Whether an address has shown too many wrong keys lately to be heard. Keys that were valid not long ago are heard all
     * the same: they share the address with whoever guesses, such as everybody behind one router.
     *
     * @param keyHash the SHA-256 of the key that is shown now, if there is one
     */
    Optional<Refusal> beforeAuthentication(String address, Optional<String> keyHash) {
        boolean known =
                keyHash.filter(hash -> welcome.getIfPresent(hash) != null).isPresent();
        return known ? Optional.empty() : addresses.wouldRefuse(ClientNetwork.of(address));
    }

    /** Remembers a key that was valid. */
    void authenticated(String keyHash) {
        welcome.put(keyHash, true);
    }

    /** Counts a request without a valid key. */
    void unauthenticated(String address) {
        addresses.take(ClientNetwork.of(address));
    }

    /** Counts a request that needs no key. */
    Optional<Refusal> open(String address) {
        return openRequests.take(ClientNetwork.of(address));
    }

    /** Counts a request with a key. */
    Optional<Refusal> key(String keyId) {
        return keys.take(keyId);
    }

    /** Counts an attempt at being recognised as a person. */
    public Optional<Refusal> attempt(UserId userId) {
        return people.take(userId.value());
    }

    /** Takes back the count of an attempt that was no guess. */
    public void noGuess(UserId userId) {
        people.giveBack(userId.value());
    }

    /** Whether a refusal of attempts at a person is the first for a minute. */
    public boolean isNews(UserId userId) {
        return told.asMap().putIfAbsent(userId, true) == null;
    }

    /** The buckets of one kind. */
    private static final class Kind {

        private final int limit;
        private final TimeMeter time;
        private final Cache<String, Bucket> buckets;

        Kind(int limit, TimeMeter time) {
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

        void giveBack(String name) {
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
