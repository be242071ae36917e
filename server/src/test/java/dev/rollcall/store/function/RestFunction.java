package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A function of the schema public as PostgREST calls it.
 *
 * @param sql the statement that calls it, with the arguments' JSON as its parameter
 * @param reads whether it is stable or immutable
 * @param returnsNothing whether its result is void
 * @param settings its own settings that PostgREST applies to the transaction, such as {@code statement_timeout = '60s'}
 */
record RestFunction(String sql, boolean reads, boolean returnsNothing, List<String> settings) {

    private static final String TIME_LIMIT = "statement_timeout=";

    private static final String SIGNATURE = """
            select p.prorettype = 'void'::regtype as nothing, p.provolatile <> 'v' as reads, p.proconfig,
                   p.proargnames[1:p.pronargs] as names,
                   (select array_agg(format_type(t, null) order by place)
                    from unnest(p.proargtypes) with ordinality a(t, place)) as types
            from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.proname = ?""";

    /**
     * Finds the function that has every named parameter.
     *
     * @throws RestException if there is none
     */
    static RestFunction find(Connection connection, String name, JsonNode arguments)
            throws SQLException, RestException {
        try (PreparedStatement statement = connection.prepareStatement(SIGNATURE)) {
            statement.setString(1, name);
            ResultSet row = statement.executeQuery();
            if (row.next()) {
                List<String> names = texts(row, "names");
                List<Integer> given = given(names, arguments);
                if (given.size() == arguments.size()) {
                    return new RestFunction(
                            statement(name, names, texts(row, "types"), given),
                            row.getBoolean("reads"),
                            row.getBoolean("nothing"),
                            settings(texts(row, "proconfig")));
                }
            }
        }
        throw new RestException(
                404,
                "PGRST202",
                "Could not find the function public." + name + names(arguments) + " in the schema cache");
    }

    /** The places of the parameters that have an argument. */
    private static List<Integer> given(List<String> names, JsonNode arguments) {
        return IntStream.range(0, names.size())
                .filter(place -> arguments.has(names.get(place)))
                .boxed()
                .toList();
    }

    private static String statement(String function, List<String> names, List<String> types, List<Integer> given) {
        List<String> columns =
                given.stream().map(i -> names.get(i) + " " + types.get(i)).toList();
        List<String> values = given.stream()
                .map(i -> names.get(i) + " := body." + names.get(i))
                .toList();
        String from = columns.isEmpty()
                ? " from (select ?) body"
                : " from json_to_record(?::json) as body(" + String.join(", ", columns) + ")";
        return "select coalesce(json_agg(r.result) -> 0, 'null')::text from (select " + function + "("
                + String.join(", ", values) + ") as result" + from + ") r";
    }

    private static List<String> settings(List<String> ofTheFunction) {
        return ofTheFunction.stream()
                .filter(setting -> setting.startsWith(TIME_LIMIT))
                .map(setting -> TIME_LIMIT + "'" + setting.substring(TIME_LIMIT.length()) + "'")
                .toList();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        java.sql.@Nullable Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static List<String> names(JsonNode arguments) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> name = arguments.fieldNames(); name.hasNext(); ) {
            names.add(name.next());
        }
        return names.stream().sorted().toList();
    }
}
