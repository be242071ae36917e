package dev.rollcall.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final UserId ANN = new UserId("ann");

    private final SetTime time = new SetTime();
    private final RateLimits limits = new RateLimits(new RateLimits.Limits(6, 4, 3, 2), time);

    @Test
    void bucket_isFullAtFirstAndFillsUpEvenly() {
        for (int i = 0; i < 6; i++) {
            assertThat(limits.key("k")).isEmpty();
        }
        Refusal refusal = limits.key("k").orElseThrow();
        assertThat(refusal.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(refusal.facts()).containsEntry("retry_after_s", 10L).containsEntry("limit_per_minute", 6);

        time.pass(9.5);
        assertThat(limits.key("k").orElseThrow().facts()).containsEntry("retry_after_s", 1L);
        time.pass(0.5);
        assertThat(limits.key("k")).isEmpty();
        assertThat(limits.key("k")).isPresent();
        assertThat(limits.key("other")).isEmpty();
    }

    @Test
    void hintsOfAKey_areCountedApartFromItsOtherRequests() {
        for (int i = 0; i < 4; i++) {
            assertThat(limits.hint("k")).isEmpty();
        }
        assertThat(limits.hint("k").orElseThrow().facts()).containsEntry("limit_per_minute", 4);
        for (int i = 0; i < 6; i++) {
            assertThat(limits.key("k")).isEmpty();
        }
    }

    @Test
    void minuteLater_theBucketIsFullAgainAndNotMore() {
        for (int i = 0; i < 7; i++) {
            limits.key("k");
        }
        time.pass(3600);
        int taken = 0;
        while (limits.key("k").isEmpty()) {
            taken++;
        }
        assertThat(taken).isEqualTo(6);
    }

    @Test
    void attemptThatWasNoGuess_countsForNothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(limits.attempt(ANN)).isEmpty();
            limits.refund(ANN);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(limits.attempt(ANN)).isEmpty();
        }
        assertThat(limits.attempt(ANN)).isPresent();
        assertThat(limits.attempt(new UserId("bob"))).isEmpty();
    }

    @Test
    void unreadableBadges_areLimitedForEachKeyAndAreNoOtherRequests() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.unreadableBadge("k")).isEmpty();
        }
        assertThat(limits.unreadableBadge("k").orElseThrow().code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(limits.unreadableBadge("other")).isEmpty();
        assertThat(limits.attempt(new UserId("k"))).isEmpty();
        assertThat(limits.key("k")).isEmpty();
    }

    @Test
    void refusalsOfAPerson_areNewsOnceAMinute() {
        assertThat(limits.isFirstRefusal(ANN)).isTrue();
        assertThat(limits.isFirstRefusal(ANN)).isFalse();
        time.pass(61);
        assertThat(limits.isFirstRefusal(ANN)).isTrue();
    }

    @Test
    void address_isRefusedOnlyAfterItsWrongKeys() {
        for (int i = 0; i < 100; i++) {
            assertThat(limits.beforeAuthentication("192.0.2.1", List.of())).isEmpty();
        }
        limits.unauthenticated("192.0.2.1");
        assertThat(limits.beforeAuthentication("192.0.2.1", List.of())).isEmpty();
        limits.unauthenticated("192.0.2.1");
        assertThat(limits.beforeAuthentication("192.0.2.1", List.of())).isPresent();
        assertThat(limits.beforeAuthentication("192.0.2.2", List.of())).isEmpty();
        time.pass(30);
        assertThat(limits.beforeAuthentication("192.0.2.1", List.of())).isEmpty();
    }

    @Test
    void keyThatWasValidLately_isHeardFromAnAddressThatIsNot() {
        limits.authenticated("hash");
        limits.unauthenticated("192.0.2.1");
        limits.unauthenticated("192.0.2.1");

        assertThat(limits.beforeAuthentication("192.0.2.1", List.of("hash"))).isEmpty();
        assertThat(limits.beforeAuthentication("192.0.2.1", List.of("other"))).isPresent();
    }

    @Test
    void addressesOfOneIpv6Network_areOne() {
        limits.unauthenticated("2001:db8:0:1:0:0:0:1");
        limits.unauthenticated("2001:db8:0:1:ffff:0:0:2");

        assertThat(limits.beforeAuthentication("2001:db8:0:1:0:0:0:3", List.of()))
                .isPresent();
        assertThat(limits.beforeAuthentication("2001:db8:0:2:0:0:0:3", List.of()))
                .isEmpty();
    }

    @Test
    void zero_isNoLimit() {
        RateLimits none = new RateLimits(new RateLimits.Limits(0, 0, 0, 0), time);
        for (int i = 0; i < 10_000; i++) {
            none.unauthenticated("a");
            assertThat(Optional.empty())
                    .isEqualTo(none.key("k"))
                    .isEqualTo(none.attempt(ANN))
                    .isEqualTo(none.open("a"))
                    .isEqualTo(none.beforeAuthentication("a", List.of()));
        }
    }

    private static final class SetTime implements TimeMeter {

        private long nanos = 1;

        void pass(double seconds) {
            nanos += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
