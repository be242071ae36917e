package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.rollcall.outcome.StoreSetupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schema that this program knows: its migrations, and the one script that brings any database up to them. */
public final class Schema {

    /** The migrations, in order; the number behind the V is the version that each leads to. */
    static final List<String> MIGRATIONS = List.of(
            "V1__people_templates_attendance.sql",
            "V2__audit_idempotency_import.sql",
            "V3__people_functions.sql",
            "V4__mark_functions.sql",
            "V5__export_import_functions.sql",
            "V6__access.sql",
            "V7__audit_chain.sql",
            "V8__api_keys.sql",
            "V9__privacy.sql",
            "V10__retention_import.sql",
            "V11__checked_archives.sql",
            "V12__marks_in_order.sql");

    /** The version that this program works on. */
    public static final int VERSION = version(MIGRATIONS.get(MIGRATIONS.size() - 1));

    /** Where the migrations are on the class path. */
    public static final String FOLDER = "db/migration";

    private static final String FIRST_LINES = """
            -- Rollcall's schema, for Supabase's SQL editor or psql. Generated from the migrations by "rollcall schema":
            -- don't edit. It brings an empty database, or one that an older version of this script made, to version %d,
            -- and may be run again.

            create or replace function pg_temp.rollcall_schema_present() returns integer
                language plpgsql
            as
            $present$
            declare
                version integer := case when to_regclass('face_embeddings') is null then 0 else 1 end;
            begin
                if to_regprocedure('rollcall_schema_version()') is not null then
                    execute 'select rollcall_schema_version()' into version;
                end if;
                return version;
            end
            $present$;
            """;

    private static final String STEP = """

            do $step$
            begin
                if pg_temp.rollcall_schema_present() < %d then
                    execute $migration$
            %s$migration$;
                end if;
            end
            $step$;
            """;

    private static final String LAST_LINES = """

            drop function pg_temp.rollcall_schema_present();

            -- Tells Supabase's REST server to look at the schema again.
            notify pgrst, 'reload schema';
            """;

    private Schema() {}

    /** One SQL script with every migration, each carried out only where it is missing. */
    public static String script() {
        StringBuilder script = new StringBuilder(FIRST_LINES.formatted(VERSION));
        for (String migration : MIGRATIONS) {
            script.append(STEP.formatted(version(migration), read(migration)));
        }
        return script.append(LAST_LINES).toString();
    }

    /**
     * Lets only a version pass that this program can bring up to date.
     *
     * @throws StoreSetupException if the version is newer than the program
     */
    public static void refuseNewer(int present) {
        if (present > VERSION) {
            throw new StoreSetupException("the database has version " + present
                    + " of the schema, and this program knows "
                    + VERSION + " at most. Start the newer Rollcall that it belongs to; going back is done by importing"
                    + " an export from before");
        }
    }

    /** Asks a database for its version. */
    public static int versionOf(DatabaseFunctions functions) {
        return functions.call(FunctionCall.reads("rollcall_schema_version")) instanceof IntNode version
                ? version.intValue()
                : 0;
    }

    private static int version(String migration) {
        return Integer.parseInt(migration.substring(1, migration.indexOf('_')));
    }

    private static String read(String migration) {
        try (InputStream in = Schema.class.getResourceAsStream("/" + FOLDER + "/" + migration)) {
            if (in == null) {
                throw new IllegalStateException(migration + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
