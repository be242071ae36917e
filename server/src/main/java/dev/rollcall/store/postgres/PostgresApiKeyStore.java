package dev.rollcall.store.postgres;

import dev.rollcall.usecase.ApiKeyStore;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Hashes of API keys in PostgreSQL. Safe for use by several threads. */
public final class PostgresApiKeyStore implements ApiKeyStore {

    private final Database database;

    public PostgresApiKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean contains(String keyHash) {
        return database.with(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select 1 from api_keys where key_hash = ?")) {
                statement.setString(1, keyHash);
                return statement.executeQuery().next();
            }
        });
    }

    @Override
    public boolean addFirst(String keyHash, String name, Instant at) {
        String sql = """
                insert into api_keys (key_hash, name, created_at)
                select ?, ?, ?
                where not exists (select 1 from api_keys)""";
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, keyHash);
                statement.setString(2, name);
                statement.setObject(3, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
                return statement.executeUpdate() == 1;
            }
        });
    }
}
