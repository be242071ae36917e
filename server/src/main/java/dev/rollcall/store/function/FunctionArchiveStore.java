package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rollcall.archive.ArchiveStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a database for export and import, over its functions. Safe for use by several threads. */
public final class FunctionArchiveStore implements ArchiveStore {

    /** People come with all their templates, of 2 kB each: with the most that an archive may have, 5 MB. */
    private static final int PEOPLE_AT_ONCE = 5;

    private static final int ROWS_AT_ONCE = 500;

    private final DatabaseFunctions functions;
    private final TemplateSeal seal;

    /**
     * Holds what is needed.
     *
     * @param seal opens encrypted templates of an archive, to check them
     */
    public FunctionArchiveStore(DatabaseFunctions functions, TemplateSeal seal) {
        this.functions = functions;
        this.seal = seal;
    }

    @Override
    public Opening opening(SealedTemplate template) {
        return seal.opening(template);
    }

    @Override
    public Page read(Kind kind, String after) {
        int limit = kind == Kind.PERSON ? PEOPLE_AT_ONCE : ROWS_AT_ONCE;
        List<AnswerRow> rows = AnswerRow.list(
                "export_rows",
                functions.call(FunctionCall.reads("export_rows")
                        .with("p_kind", name(kind))
                        .with("p_after", after)
                        .with("p_limit", limit)));
        List<String> contents = rows.stream().map(row -> row.text("content")).toList();
        boolean last = rows.size() < limit;
        return new Page(contents, last ? "" : rows.get(limit - 1).text("cursor"));
    }

    @Override
    public void stage(String importId, long first, List<Row> rows, Instant now) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (Row row : rows) {
            json.addObject().put("kind", name(row.kind())).put("content", row.content());
        }
        functions.call(FunctionCall.writesOnce("stage_import")
                .with("p_import_id", importId)
                .with("p_first", first)
                .with("p_rows", json)
                .with("p_at", now));
    }

    @Override
    public void abandon(String importId) {
        functions.call(FunctionCall.writesOnce("abandon_import").with("p_import_id", importId));
    }

    @Override
    public Outcome finish(String importId, long rows, Instant now) {
        FunctionCall check = FunctionCall.reads("check_import")
                .with("p_import_id", importId)
                .with("p_rows", rows)
                .slowly();
        AnswerRow checked = AnswerRow.of("check_import", functions.call(check));
        if (!checked.text("code").equals("VALID")) {
            return outcome("check_import", checked);
        }
        FunctionCall finish = FunctionCall.writes("finish_import")
                .with("p_import_id", importId)
                .with("p_rows", rows)
                .with("p_at", now)
                .slowly();
        return outcome("finish_import", AnswerRow.of("finish_import", functions.call(finish)));
    }

    private static Outcome outcome(String function, AnswerRow answer) {
        String code = answer.text("code");
        return switch (code) {
            case "IMPORTED" -> imported(answer.field("added"));
            case "INVALID" -> invalid(answer.object("problem"));
            case "CONFLICT" -> conflict(answer.list("conflicts"));
            case "INCOMPLETE" -> new Outcome.Incomplete();
            default -> throw new IllegalStateException(function + " returned " + code);
        };
    }

    private static Outcome imported(JsonNode added) {
        Map<String, Long> counts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> count : added.properties()) {
            counts.put(count.getKey(), count.getValue().asLong());
        }
        return new Outcome.Imported(counts);
    }

    private static Outcome invalid(AnswerRow problem) {
        return new Outcome.Invalid(
                problem.whole("row"),
                problem.isNull("other") ? 0 : problem.whole("other"),
                problem.text("kind"),
                problem.text("field"),
                problem.constant("reason", Reason.class));
    }

    private static Outcome conflict(List<AnswerRow> conflicts) {
        return new Outcome.Conflict(conflicts.stream()
                .map(row -> row.text("kind") + " " + row.text("id"))
                .toList());
    }

    @Override
    public int schemaVersion() {
        return functions.schemaVersion();
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
