package dev.rollcall.store.postgres;

import dev.rollcall.engine.Embedding;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.usecase.PeopleStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** People and templates in PostgreSQL. Safe for use by several threads. */
public final class PostgresPeopleStore implements PeopleStore {

    private static final int ROWS_AT_ONCE = 500;

    private final Database database;

    public PostgresPeopleStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Person> find(UserId userId, String modelId) {
        String sql = """
                select p.name, f.embedding
                from people p
                left join face_embeddings f on f.user_id = p.user_id and f.model = ?
                where p.user_id = ?
                order by f.id""";
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, modelId);
                statement.setString(2, userId.value());
                return person(userId, statement.executeQuery());
            }
        });
    }

    private static Optional<Person> person(UserId userId, ResultSet rows) throws SQLException {
        String name = null;
        List<Embedding> templates = new ArrayList<>();
        while (rows.next()) {
            name = rows.getString("name");
            byte @Nullable [] embedding = rows.getBytes("embedding");
            if (embedding != null) {
                templates.add(Embedding.fromBytes(embedding));
            }
        }
        return name == null ? Optional.empty() : Optional.of(new Person(userId, name, templates));
    }

    @Override
    public int enroll(NewTemplate template) {
        return database.with(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select enroll_person(?, ?, ?, ?, ?, ?, ?, ?)")) {
                statement.setString(1, template.userId().value());
                statement.setString(2, template.name().value());
                statement.setString(3, template.modelId());
                statement.setBytes(4, template.embedding().toBytes());
                statement.setFloat(5, template.quality());
                statement.setObject(6, OffsetDateTime.ofInstant(template.at(), ZoneOffset.UTC));
                statement.setBoolean(7, template.replace());
                statement.setInt(8, template.maxTemplates());
                ResultSet row = statement.executeQuery();
                row.next();
                return row.getInt(1);
            }
        });
    }

    @Override
    public void forEachTemplate(String modelId, BiConsumer<UserId, Embedding> visitor) {
        database.with(connection -> {
            // The driver streams rows through a cursor only within a transaction.
            connection.setAutoCommit(false);
            try {
                return visitTemplates(connection, modelId, visitor);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    private static int visitTemplates(Connection connection, String modelId, BiConsumer<UserId, Embedding> visitor)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select user_id, embedding from face_embeddings where model = ?")) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, modelId);
            ResultSet rows = statement.executeQuery();
            int visited = 0;
            while (rows.next()) {
                visited++;
                visitor.accept(new UserId(rows.getString("user_id")), Embedding.fromBytes(rows.getBytes("embedding")));
            }
            return visited;
        }
    }
}
