package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.RetentionStore;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log, and the removal of expired rows, in a database, over its functions. Safe for use by several threads. */
public final class FunctionAuditStore implements AuditStore, RetentionStore {

    private static final int LINKS_AT_ONCE = 1000;
    private static final int PRUNED_AT_ONCE = 10_000;

    private final DatabaseFunctions functions;

    public FunctionAuditStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public void append(Event event) {
        UserId userId = event.userId();
        functions.call(FunctionCall.writes("append_audit")
                .with("p_at", event.at())
                .with("p_action", event.action())
                .with("p_user_id", userId == null ? null : userId.value())
                .with("p_caller", Json.json(event.caller()))
                .with("p_details", Json.MAPPER.valueToTree(event.details())));
    }

    @Override
    public List<Entry> list(Query query) {
        JsonNode rows = functions.call(FunctionCall.reads("list_audit")
                .with("p_filter", json(query.filter()))
                .with("p_oldest_first", query.oldestFirst())
                .with("p_after", query.afterId())
                .with("p_limit", query.limit()));
        List<Entry> entries = new ArrayList<>();
        for (AnswerRow row : AnswerRow.list("list_audit", rows)) {
            entries.add(new Entry(
                    row.whole("id"),
                    row.instant("at"),
                    row.text("action"),
                    row.textOrNull("user_id"),
                    row.textOrNull("key_id"),
                    row.textOrNull("key_name"),
                    row.textOrNull("request_id"),
                    row.textOrNull("address"),
                    row.textOrNull("site"),
                    row.field("details").toString(),
                    shown(row.textOrNull("hash"))));
        }
        return entries;
    }

    @Override
    public long count(Filter filter) {
        return functions
                .call(FunctionCall.reads("count_audit").with("p_filter", json(filter)))
                .longValue();
    }

    private static JsonNode json(Filter filter) {
        UserId userId = filter.userId();
        Instant from = filter.from();
        Instant to = filter.to();
        return Json.MAPPER
                .createObjectNode()
                .put("action", filter.action())
                .put("user_id", userId == null ? null : userId.value())
                .put("key_id", filter.keyId())
                .put("site", filter.site())
                .put("code", filter.code())
                .put("from", from == null ? null : from.toString())
                .put("to", to == null ? null : to.toString());
    }

    @Override
    public List<Chain> chains() {
        List<Chain> chains = new ArrayList<>();
        for (AnswerRow row :
                AnswerRow.list("list_audit_chains", functions.call(FunctionCall.reads("list_audit_chains")))) {
            chains.add(new Chain(
                    row.text("chain"),
                    row.flag("own"),
                    new Position(row.whole("anchor_number"), row.text("anchor_hash")),
                    new Position(row.whole("head_number"), row.text("head_hash"))));
        }
        return chains;
    }

    @Override
    public List<Link> links(String chain, long after) {
        JsonNode rows = functions.call(FunctionCall.reads("read_audit_chain")
                .with("p_chain", chain)
                .with("p_after", after)
                .with("p_limit", LINKS_AT_ONCE));
        return AnswerRow.list("read_audit_chain", rows).stream()
                .map(row -> link(chain, row))
                .toList();
    }

    private static Link link(String chain, AnswerRow row) {
        String details = shown(row.textOrNull("details"));
        String action = shown(row.textOrNull("action"));
        Long at = row.wholeOrNull("at_microseconds");
        String hashed = String.join(
                "\n",
                chain,
                Long.toString(row.whole("number")),
                at == null ? "null" : at.toString(),
                action,
                textOrEmpty(row.textOrNull("user_id")),
                textOrEmpty(row.textOrNull("key_id")),
                textOrEmpty(row.textOrNull("request_id")),
                textOrEmpty(row.textOrNull("address")),
                textOrEmpty(row.textOrNull("site")),
                details);
        return new Link(
                row.whole("id"),
                new Position(row.whole("number"), shown(row.textOrNull("hash"))),
                shown(row.textOrNull("previous")),
                hashed,
                new Content(action, details));
    }

    @Override
    public List<Stray> strays() {
        List<Stray> strays = new ArrayList<>();
        JsonNode rows = functions.call(FunctionCall.reads("list_audit_strays").with("p_limit", MOST_FINDINGS));
        for (AnswerRow row : AnswerRow.list("list_audit_strays", rows)) {
            strays.add(new Stray(
                    row.text("chain"),
                    row.constant("place", Place.class),
                    row.whole("rows"),
                    row.whole("first"),
                    row.whole("last")));
        }
        return strays;
    }

    @Override
    public List<Guard> guards() {
        List<Guard> guards = new ArrayList<>();
        JsonNode rows = functions.call(FunctionCall.reads("list_audit_guards").with("p_limit", MOST_FINDINGS));
        for (AnswerRow row : AnswerRow.list("list_audit_guards", rows)) {
            guards.add(new Guard(row.text("table"), row.text("name"), row.constant("state", GuardState.class)));
        }
        return guards;
    }

    @Override
    public long pruneAttendance(LocalDate before, Instant now) {
        return untilNothingIsLeft(FunctionCall.writesOnce("prune_attendance").with("p_before", before), now);
    }

    @Override
    public long pruneAudit(Instant before, Instant now) {
        return untilNothingIsLeft(FunctionCall.writesOnce("prune_audit").with("p_before", before), now);
    }

    private long untilNothingIsLeft(FunctionCall prune, Instant now) {
        FunctionCall step = prune.with("p_at", now).with("p_limit", PRUNED_AT_ONCE);
        long all = 0;
        int removed;
        do {
            removed = functions.call(step).intValue();
            all += removed;
        } while (removed > 0);
        return all;
    }

    /** A text for display, {@code null} for null. Rollcall never writes a null here, so such an entry fails the verification. */
    private static String shown(@Nullable String text) {
        return String.valueOf(text);
    }

    /** The line of a value in the hashed text: empty for null, two quotation marks for an empty text, which the schema refuses. */
    private static String textOrEmpty(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.isEmpty() ? "\"\"" : text;
    }
}
