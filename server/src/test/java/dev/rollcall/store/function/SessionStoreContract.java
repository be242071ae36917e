package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.keys.ApiKeyStore;
import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.keys.SessionStore;
import dev.rollcall.keys.SessionStore.KeyOfSession;
import dev.rollcall.keys.SessionStore.NewSession;
import dev.rollcall.keys.SessionStore.StoredSession;
import dev.rollcall.keys.SessionStore.TokenHashes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of sessions must do. */
interface SessionStoreContract {

    Duration HALF_A_DAY = Duration.ofHours(12);
    int MOST = 100;

    ApiKeyStore keys();

    SessionStore sessions();

    AuditStore audit();

    @Test
    default void session_standsForItsKey() {
        String key = key(null);
        String token = started(key, MORNING);

        StoredSession session = used(token, MORNING.plusSeconds(60));

        KeyOfSession ofSession = Objects.requireNonNull(session.key());
        assertThat(ofSession.hash()).isEqualTo(key);
        assertThat(ofSession.key().id()).isEqualTo(key.substring(0, 12));
        assertThat(ofSession.key().scopes()).containsExactly(Scope.ADMIN);
        assertThat(ofSession.key().lastUsedAt()).isEqualTo(MORNING);
        assertThat(session.startedAt()).isEqualTo(MORNING);
        assertThat(session.expiresAt()).isEqualTo(MORNING.plus(HALF_A_DAY));
    }

    @Test
    default void startedSession_isTheOneThatIsUsed() {
        String key = key(null);
        String token = hash();

        StoredSession started = sessions()
                .start(new NewSession(token, key, MORNING, MORNING.plus(HALF_A_DAY)), MOST, CALLER)
                .orElseThrow();

        assertThat(Objects.requireNonNull(started.key()).hash()).isEqualTo(key);
        assertThat(started.startedAt()).isEqualTo(used(token, MORNING).startedAt());
        assertThat(started.expiresAt()).isEqualTo(used(token, MORNING).expiresAt());
    }

    @Test
    default void session_endsByItself() {
        String token = started(key(null), MORNING);

        assertThat(isValid(token, MORNING.plus(HALF_A_DAY).minusMillis(1))).isTrue();
        assertThat(isValid(token, MORNING.plus(HALF_A_DAY))).isFalse();
    }

    @Test
    default void session_endsWithItsKey() {
        String expiring = key(MORNING.plusSeconds(60));
        String revoked = key(null);
        String ofExpiring = started(expiring, MORNING);
        String ofRevoked = started(revoked, MORNING);
        assertThat(used(ofExpiring, MORNING).expiresAt()).isEqualTo(MORNING.plusSeconds(60));

        keys().revoke(revoked.substring(0, 12), MORNING, CALLER);

        assertThat(isValid(ofExpiring, MORNING.plusSeconds(60))).isFalse();
        assertThat(isValid(ofRevoked, MORNING)).isFalse();
    }

    @Test
    default void keyThatIsNotValid_startsNothing() {
        String expired = key(MORNING);
        String revoked = key(null);
        keys().revoke(revoked.substring(0, 12), MORNING, CALLER);

        for (String key : List.of(expired, revoked, hash())) {
            assertThat(sessions().start(new NewSession(hash(), key, MORNING, MORNING.plus(HALF_A_DAY)), MOST, CALLER))
                    .isEmpty();
        }
    }

    @Test
    default void sessionOfTheConfiguredKey_isFoundUnderItsOtherHashOnly() {
        String token = started(null, MORNING);

        StoredSession session =
                sessions().use(new TokenHashes(hash(), token), MORNING).orElseThrow();

        assertThat(session.key()).isNull();
        assertThat(session.expiresAt()).isEqualTo(MORNING.plus(HALF_A_DAY));
        assertThat(sessions().use(new TokenHashes(token, null), MORNING)).isEmpty();
        assertThat(sessions().use(new TokenHashes(token, hash()), MORNING)).isEmpty();
        String ofStoredKey = started(key(null), MORNING);
        assertThat(sessions().use(new TokenHashes(hash(), ofStoredKey), MORNING))
                .isEmpty();
    }

    @Test
    default void endedSession_isNoMore() {
        String token = started(key(null), MORNING);
        String other = started(key(null), MORNING);

        assertThat(sessions().end(hashes(token), MORNING, CALLER)).isTrue();

        assertThat(isValid(token, MORNING)).isFalse();
        assertThat(isValid(other, MORNING)).isTrue();
        assertThat(sessions().end(hashes(token), MORNING, CALLER)).isFalse();
    }

    @Test
    default void anotherSession_endsTheOldestOfItsKey() {
        String key = key(null);
        String bystander = started(key(null), MORNING.minusSeconds(9));
        String first = started(key, MORNING);
        String second = started(key, MORNING.plusSeconds(1));

        String third = hash();
        sessions().start(new NewSession(third, key, MORNING.plusSeconds(2), MORNING.plus(HALF_A_DAY)), 2, CALLER);

        assertThat(isValid(first, MORNING.plusSeconds(3))).isFalse();
        assertThat(List.of(second, third, bystander))
                .allSatisfy(token ->
                        assertThat(isValid(token, MORNING.plusSeconds(3))).isTrue());
    }

    @Test
    default void startAndEnd_areAuditedUnderTheKey() {
        Caller caller = new Caller("k" + UUID.randomUUID(), "request-7", "192.0.2.7");
        String token = hash();
        sessions().start(new NewSession(token, key(null), MORNING, MORNING.plusSeconds(60)), MOST, caller);
        sessions().end(hashes(token), MORNING.plusSeconds(5), caller);
        sessions().end(hashes(token), MORNING.plusSeconds(5), caller);

        List<Entry> entries =
                audit().list(new AuditStore.Query(null, null, caller.keyId(), null, null, null, null, 10));

        assertThat(entries).extracting(Entry::action).containsExactly("SESSION_ENDED", "SESSION_STARTED");
        assertThat(entries.get(1).details()).contains("expires_at").doesNotContain(token);
    }

    @Test
    default void sweep_removesWhatHasEnded() {
        String revoked = key(null);
        started(key(MORNING.plusSeconds(60)), MORNING);
        started(revoked, MORNING);
        String going = started(key(null), MORNING);
        keys().revoke(revoked.substring(0, 12), MORNING, CALLER);

        assertThat(sessions().sweep(MORNING.plusSeconds(60))).isGreaterThanOrEqualTo(2);

        assertThat(isValid(going, MORNING.plusSeconds(60))).isTrue();
        assertThat(sessions().sweep(MORNING.plusSeconds(60))).isZero();
    }

    private String started(@Nullable String keyHash, Instant at) {
        String token = hash();
        assertThat(sessions().start(new NewSession(token, keyHash, at, at.plus(HALF_A_DAY)), MOST, CALLER))
                .isPresent();
        return token;
    }

    private StoredSession used(String token, Instant at) {
        return sessions().use(hashes(token), at).orElseThrow();
    }

    private boolean isValid(String token, Instant at) {
        return sessions().use(hashes(token), at).isPresent();
    }

    private static TokenHashes hashes(String token) {
        return new TokenHashes(token, null);
    }

    private String key(@Nullable Instant expiresAt) {
        String hash = hash();
        keys().add(new NewKey(hash, "office", Set.of(Scope.ADMIN), MORNING.minusSeconds(60), expiresAt), CALLER);
        return hash;
    }
}
