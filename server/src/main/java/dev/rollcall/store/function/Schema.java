package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.digest.Sha256;
import dev.rollcall.outcome.StoreSetupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The schema that this program works on: its tables, its functions, and the one script that brings any database up to them.
 *
 * <p>The tables have a version, the functions a revision within it. Functions of a greater revision also work with
 * programs of a smaller one; a change that those could not work with raises the version.
 */
public final class Schema {

    /** Changes of tables, in order; the number behind the V is the version that each leads to. */
    static final List<String> TABLES = List.of("V1__tables.sql");

    /** The functions, by subject, in the order in which Flyway runs them as well. All are run whenever one has changed. */
    static final List<String> FUNCTIONS = List.of(
            "R__access.sql",
            "R__accuracy.sql",
            "R__archive.sql",
            "R__attempts.sql",
            "R__attendance.sql",
            "R__audit.sql",
            "R__badges.sql",
            "R__challenges.sql",
            "R__corrections.sql",
            "R__deliveries.sql",
            "R__directory.sql",
            "R__events.sql",
            "R__holidays.sql",
            "R__imports.sql",
            "R__keys.sql",
            "R__marks.sql",
            "R__pairings.sql",
            "R__people.sql",
            "R__phones.sql",
            "R__pins.sql",
            "R__receipts.sql",
            "R__reports.sql",
            "R__schedule.sql",
            "R__sessions.sql",
            "R__setup.sql",
            "R__sites.sql",
            "R__webhooks.sql");

    /** The version of the tables that this program works on. */
    public static final int VERSION = version(TABLES.get(TABLES.size() - 1));

    /** Counts released changes of the functions. */
    public static final int REVISION = 1;

    /** Where the files are on the class path. */
    public static final String FOLDER = "db/migration";

    private Schema() {}

    /**
     * The state of a database's schema.
     *
     * @param version of the tables, 0 if there are none
     * @param revision of the functions, 0 if there are none or all were not written yet
     * @param checksum of the functions
     */
    public record State(int version, int revision, String checksum) {

        /** The state of a database without the schema. */
        public static final State NONE = new State(0, 0, "");

        /** Reads the result of {@code rollcall_schema_version}; a bare number is a version without a revision. */
        public static State of(JsonNode answer) {
            if (answer.isInt()) {
                return new State(answer.intValue(), 0, "");
            }
            AnswerRow row = AnswerRow.of("rollcall_schema_version", answer);
            return new State(row.integer("version"), row.integer("revision"), row.text("checksum"));
        }

        /** Whether this program can work with the schema as it is: functions of a greater revision are left alone. */
        public boolean isUsable() {
            return version == VERSION
                    && (revision > REVISION || (revision == REVISION && checksum.equals(Schema.checksum())));
        }

        /**
         * Refuses a version that this program can't bring up to date.
         *
         * @throws StoreSetupException if the version is newer than the program
         */
        public void refuseNewer() {
            if (version > VERSION) {
                throw new StoreSetupException("the database has version " + version
                        + " of the schema, and this program knows "
                        + VERSION
                        + " at most. Start the newer Rollcall that it belongs to; going back is done by importing"
                        + " an export from before");
            }
        }
    }

    /** Reads the state of a database's schema. */
    public static State stateOf(DatabaseFunctions functions) {
        return State.of(functions.call(FunctionCall.reads("rollcall_schema_version")));
    }

    /** One SQL script that brings a database without the schema, or with an older one, up to date in one transaction. */
    public static String script() {
        return SchemaScript.text();
    }

    /** The SHA-256 of the functions' files in hexadecimal, whatever ends their lines. */
    public static String checksum() {
        return Sha256.hex(FUNCTIONS.stream()
                .map(Schema::read)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }

    /** The statement that notes, behind the functions, which ones they are. */
    public static String stamp() {
        return "update rollcall_schema set revision = " + REVISION + ", checksum = '" + checksum()
                + "' where version = " + VERSION;
    }

    static int version(String file) {
        return Integer.parseInt(file.substring(1, file.indexOf('_')));
    }

    /** A file's text, with plain line feeds. */
    static String read(String file) {
        try (InputStream in = Schema.class.getResourceAsStream("/" + FOLDER + "/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
