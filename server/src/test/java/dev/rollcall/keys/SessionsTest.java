package dev.rollcall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.Sessions.Session;
import dev.rollcall.keys.Sessions.StartedSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final ApiKeys.Holder STORED =
            new ApiKeys.Holder("0123456789ab", "a".repeat(64), Set.of(Scope.ADMIN), "gate-2");
    private static final ApiKeys.Holder CONFIGURED =
            new ApiKeys.Holder(ApiKeys.CONFIGURED_ID, KeyHash.of("secret"), Set.of(Scope.ADMIN), ApiKey.DEFAULT_SITE);

    private final RememberedSessions store = new RememberedSessions();

    @Test
    void session_isFoundByItsTokenAndStoredAsHashAlone() {
        Sessions sessions = sessions(Optional.empty());

        StartedSession started = sessions.start(STORED, Caller.COMMAND_LINE).orElseThrow();

        Session session = sessions.find(started.token()).orElseThrow();
        assertThat(session).isEqualTo(started.session());
        assertThat(session.holder()).isEqualTo(STORED);
        assertThat(session.keyName()).isEqualTo("office");
        assertThat(Duration.between(session.startedAt(), session.expiresAt())).isEqualTo(Duration.ofHours(12));
        assertThat(store.sessions.keySet()).containsExactly(KeyHash.of(started.token()));
        assertThat(sessions.find(started.token() + "x")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
    }

    @Test
    void tokens_areLongRandomAndDifferent() {
        Sessions sessions = sessions(Optional.empty());

        StartedSession one = sessions.start(STORED, Caller.COMMAND_LINE).orElseThrow();
        StartedSession other = sessions.start(STORED, Caller.COMMAND_LINE).orElseThrow();

        assertThat(one.token()).matches("rs_[A-Za-z0-9_-]{43}").isNotEqualTo(other.token());
        assertThat(one.session().csrfToken()).isNotEqualTo(other.session().csrfToken());
        assertThat(one.session().hasCsrfToken(one.session().csrfToken())).isTrue();
        assertThat(one.session().hasCsrfToken(other.session().csrfToken())).isFalse();
        assertThat(one.session().hasCsrfToken(KeyHash.of(one.token()))).isFalse();
    }

    @Test
    void anotherConfiguredKey_endsTheSessionsOfTheOneBefore() {
        String token = sessions(Optional.of("secret"))
                .start(CONFIGURED, Caller.COMMAND_LINE)
                .orElseThrow()
                .token();

        assertThat(sessions(Optional.of("secret")).find(token).orElseThrow().holder())
                .isEqualTo(CONFIGURED);
        assertThat(sessions(Optional.of("other")).find(token)).isEmpty();
        assertThat(sessions(Optional.empty()).find(token)).isEmpty();
        assertThat(store.sessions.keySet()).doesNotContain(KeyHash.of("secret"), KeyHash.of(token));
    }

    @Test
    void endedSession_isNotFound() {
        Sessions sessions = sessions(Optional.of("secret"));
        String token =
                sessions.start(CONFIGURED, Caller.COMMAND_LINE).orElseThrow().token();

        assertThat(sessions.end(token, Caller.COMMAND_LINE)).isTrue();

        assertThat(sessions.find(token)).isEmpty();
        assertThat(sessions.end(token, Caller.COMMAND_LINE)).isFalse();
    }

    private Sessions sessions(Optional<String> configured) {
        return new Sessions(configured, store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** A store of valid sessions in a map. */
    private static final class RememberedSessions implements SessionStore {

        private final Map<String, NewSession> sessions = new LinkedHashMap<>();

        @Override
        public Optional<StoredSession> start(NewSession session, int most, Caller caller) {
            sessions.put(session.tokenHash(), session);
            return Optional.of(stored(session));
        }

        @Override
        public Optional<StoredSession> use(TokenHashes token, Instant now) {
            NewSession ofStored = sessions.get(token.ofStoredKey());
            NewSession ofConfigured = sessions.get(String.valueOf(token.ofConfiguredKey()));
            return Optional.ofNullable(ofStored == null ? ofConfigured : ofStored)
                    .map(RememberedSessions::stored);
        }

        private static StoredSession stored(NewSession session) {
            ApiKey key = new ApiKey(
                    "0123456789ab",
                    "office",
                    Set.of(Scope.ADMIN),
                    "gate-2",
                    session.at(),
                    null,
                    null,
                    null,
                    null,
                    null);
            String hash = session.keyHash();
            return new StoredSession(
                    hash == null ? null : new KeyOfSession(hash, key), session.at(), session.expiresAt());
        }

        @Override
        public boolean end(TokenHashes token, Instant now, Caller caller) {
            return sessions.remove(token.ofStoredKey()) != null
                    || sessions.remove(String.valueOf(token.ofConfiguredKey())) != null;
        }

        @Override
        public int sweep(Instant now) {
            int before = sessions.size();
            sessions.values().removeIf(session -> !session.expiresAt().isAfter(now));
            return before - sessions.size();
        }
    }
}
