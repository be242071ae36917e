package dev.rollcall.store.function;

import dev.rollcall.usecase.ApiKeyStore;
import java.time.Instant;

/** Hashes of API keys in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionApiKeyStore implements ApiKeyStore {

    private final DatabaseFunctions functions;

    public FunctionApiKeyStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public boolean contains(String keyHash) {
        return functions
                .call(FunctionCall.reads("has_api_key").with("p_key_hash", keyHash))
                .booleanValue();
    }

    @Override
    public boolean addFirst(String keyHash, String name, Instant at) {
        return functions
                .call(FunctionCall.writes("add_first_api_key")
                        .with("p_key_hash", keyHash)
                        .with("p_name", name)
                        .with("p_at", at))
                .booleanValue();
    }
}
