package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.SessionStore.KeyOfSession;
import dev.rollcall.keys.SetupStore;
import java.time.Instant;
import java.util.Optional;

/** The set-up of a service in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionSetupStore implements SetupStore {

    private final DatabaseFunctions functions;

    public FunctionSetupStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Making makeLink(NewLink link, Caller caller) {
        return Making.valueOf(functions
                .call(FunctionCall.writes("make_setup_link")
                        .with("p_link_hash", link.hash())
                        .with("p_configured", link.forConfiguredKey())
                        .with("p_first", link.onlyFirst())
                        .with("p_at", link.at())
                        .with("p_expires_at", link.expiresAt())
                        .with("p_caller", Json.json(caller)))
                .asText());
    }

    @Override
    public Optional<Opened> useLink(String hash, Instant now) {
        JsonNode answer = functions.call(
                FunctionCall.writes("use_setup_link").with("p_link_hash", hash).with("p_at", now));
        if (answer.isNull()) {
            return Optional.empty();
        }
        AnswerRow key = AnswerRow.of("use_setup_link", answer).objectOrNull("key");
        return Optional.of(
                new Opened(key == null ? null : new KeyOfSession(key.text("key_hash"), FunctionApiKeyStore.key(key))));
    }

    @Override
    public int step() {
        return functions.call(FunctionCall.reads("setup_step")).intValue();
    }

    @Override
    public int step(int step, Instant now) {
        return functions
                .call(FunctionCall.writesOnce("set_setup_step")
                        .with("p_step", step)
                        .with("p_at", now))
                .intValue();
    }
}
