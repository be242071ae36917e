package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.SessionStore;
import java.time.Instant;
import java.util.Optional;

/** Sessions in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionSessionStore implements SessionStore {

    private final DatabaseFunctions functions;

    public FunctionSessionStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Optional<StoredSession> start(NewSession session, int most, Caller caller) {
        return sessionOrNothing(functions.call(FunctionCall.writes("start_session")
                .with("p_token_hash", session.tokenHash())
                .with("p_key_hash", session.keyHash())
                .with("p_at", session.at())
                .with("p_expires_at", session.expiresAt())
                .with("p_most", most)
                .with("p_caller", Json.json(caller))));
    }

    @Override
    public Optional<StoredSession> use(TokenHashes token, Instant now) {
        return sessionOrNothing(functions.call(FunctionCall.writesOnce("use_session")
                .with("p_token_hash", token.ofStoredKey())
                .with("p_configured_hash", token.ofConfiguredKey())
                .with("p_at", now)));
    }

    private static Optional<StoredSession> sessionOrNothing(JsonNode answer) {
        return answer.isNull() ? Optional.empty() : Optional.of(session(AnswerRow.of("session", answer)));
    }

    private static StoredSession session(AnswerRow row) {
        AnswerRow key = row.objectOrNull("key");
        return new StoredSession(
                key == null ? null : new KeyOfSession(key.text("key_hash"), FunctionApiKeyStore.key(key)),
                row.instant("created_at"),
                row.instant("expires_at"));
    }

    @Override
    public boolean end(TokenHashes token, Instant now, Caller caller) {
        return functions
                .call(FunctionCall.writes("end_session")
                        .with("p_token_hash", token.ofStoredKey())
                        .with("p_configured_hash", token.ofConfiguredKey())
                        .with("p_at", now)
                        .with("p_caller", Json.json(caller)))
                .booleanValue();
    }

    @Override
    public int sweep(Instant now) {
        return functions
                .call(FunctionCall.writesOnce("sweep_sessions").with("p_at", now))
                .intValue();
    }
}
