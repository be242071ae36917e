package dev.rollcall.store.function;

import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.postgres.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** New databases for one test class, on the server that all classes share; closing it removes them. */
public final class TestServer implements AutoCloseable {

    static final String OWNER = "project_owner";
    static final String PASSWORD = "of-the-tests";
    static final int MOST_CONNECTIONS = 8;

    private final EmbeddedPostgres server = SharedPostgres.server();
    private final List<String> databases = new ArrayList<>();

    /**
     * A new database with the schema and nothing in it, as the server's superuser. All of them have one audit chain, so
     * that none can import what another exported.
     */
    public Database.Address newDatabase() throws SQLException {
        return address(create(" template " + SharedPostgres.MIGRATED));
    }

    /** A new empty database, as the server's superuser. */
    Database.Address newEmptyDatabase() throws SQLException {
        return address(create(""));
    }

    private Database.Address address(String name) {
        return new Database.Address(
                url(name), server.access().user(), server.access().password());
    }

    /** Creates a database which forgets what a crash of the machine would take: tests don't crash it. */
    private String create(String options) throws SQLException {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(superuser(), "create database " + name + options);
        databases.add(name);
        execute(superuser(), "alter database " + name + " set synchronous_commit = off");
        return name;
    }

    /**
     * A new empty database with the roles and default privileges of a Supabase project; its owner is no superuser.
     *
     * <p>Source: Supabase's guide "Postgres Roles" and the default privileges of a new project.
     */
    public Database.Address newSupabaseDatabase() throws SQLException {
        role("anon", "nologin noinherit");
        role("authenticated", "nologin noinherit");
        role("service_role", "nologin noinherit bypassrls");
        role("authenticator", "login noinherit password '" + PASSWORD + "'");
        role(OWNER, "login password '" + PASSWORD + "'");
        execute(superuser(), "grant anon, authenticated, service_role to authenticator");
        Database.Address fresh = newEmptyDatabase();
        String roles = "anon, authenticated, service_role";
        String granting = "alter default privileges for role " + OWNER + " in schema public grant all on ";
        execute(fresh, "grant all on schema public to " + OWNER);
        execute(fresh, "grant usage on schema public to " + roles);
        execute(fresh, granting + "tables to " + roles);
        execute(fresh, granting + "functions to " + roles);
        execute(fresh, granting + "sequences to " + roles);
        return as(fresh, OWNER);
    }

    /** A Supabase database in which the script made the schema, and nothing else. */
    public Database.Address newScriptedDatabase() throws SQLException {
        Database.Address database = newProject(false);
        execute(database, "delete from people where user_id = 'ann'");
        return database;
    }

    /**
     * A Supabase database with the schema and one person, ann.
     *
     * @param migrated whether the service's migrations made the schema, and not the script
     */
    Database.Address newProject(boolean migrated) throws SQLException {
        return copyOf(SharedPostgres.project(this, migrated));
    }

    /** A Supabase database as {@link #newProject} copies it; it stays when this is closed. */
    Database.Address makeProject(boolean migrated) throws SQLException {
        Database.Address database = newSupabaseDatabase();
        databases.remove(name(database));
        if (migrated) {
            open(database).close();
        } else {
            execute(database, Schema.script());
        }
        execute(database, "insert into people values ('ann', 'Ann', now(), now())");
        return database;
    }

    /** The database of an address, opened as the service opens it. */
    public static Database open(Database.Address address) {
        return Database.open("postgres", address, MOST_CONNECTIONS);
    }

    static Database.Address as(Database.Address address, String role) {
        return new Database.Address(address.jdbcUrl(), role, PASSWORD);
    }

    /** A new database with everything that is in another, to which nobody may be connected. */
    Database.Address copyOf(Database.Address original) throws SQLException {
        String name = create(" template " + name(original));
        return new Database.Address(url(name), original.user(), original.password());
    }

    /** SQL as the owner of the audit log carries it out while the log's triggers are switched off. */
    static String withoutTriggers(String sql) {
        return "alter table audit_log disable trigger user; alter table audit_chains disable trigger user; " + sql
                + "; alter table audit_log enable trigger user; alter table audit_chains enable trigger user";
    }

    public static void execute(Database.Address address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes new sessions of a database read-only, or no longer so, and ends the present ones. */
    void setReadOnly(Database.Address address, boolean readOnly) throws SQLException {
        setNewSessionsReadOnly(address, readOnly);
        execute(
                superuser(),
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name(address) + "'");
    }

    /** Makes new sessions of a database read-only, or no longer so; the present ones stay as they are. */
    void setNewSessionsReadOnly(Database.Address address, boolean readOnly) throws SQLException {
        execute(superuser(), "alter database " + name(address) + " set default_transaction_read_only = " + readOnly);
    }

    /** The database of an address with sessions that may write, whatever is the default. */
    static Database.Address writable(Database.Address address) {
        return new Database.Address(
                address.jdbcUrl() + "?options=-c%20default_transaction_read_only=off",
                address.user(),
                address.password());
    }

    /** Makes new sessions of a database find functions in the schema public before PostgreSQL's own. */
    void searchPublicFirst(Database.Address address) throws SQLException {
        execute(superuser(), "alter database " + name(address) + " set search_path = public, pg_catalog");
    }

    private static String name(Database.Address address) {
        return address.jdbcUrl().substring(address.jdbcUrl().lastIndexOf('/') + 1);
    }

    /** The first column of the first row as text. */
    public static String ask(Database.Address address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    static Connection connect(Database.Address address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private Database.Address superuser() {
        return new Database.Address(
                server.access().jdbcUrl(),
                server.access().user(),
                server.access().password());
    }

    private void role(String name, String options) throws SQLException {
        String exists = ask(superuser(), "select count(*) from pg_roles where rolname = '" + name + "'");
        if (exists.equals("0")) {
            execute(superuser(), "create role " + name + " " + options);
        }
    }

    private String url(String database) {
        return server.access().jdbcUrl().replaceFirst("/postgres$", "/" + database);
    }

    @Override
    public void close() {
        try {
            for (String name : databases) {
                execute(superuser(), "drop database " + name + " with (force)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a database of the tests can't be removed", e);
        }
    }
}
