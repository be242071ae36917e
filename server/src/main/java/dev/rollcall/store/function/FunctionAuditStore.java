package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.archive.Content;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.RetentionStore;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The audit log, and the removal of expired rows, in a database that is asked by its functions. Safe for use by several threads. */
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
        UserId userId = query.userId();
        JsonNode rows = functions.call(FunctionCall.reads("list_audit")
                .with("p_action", query.action())
                .with("p_user_id", userId == null ? null : userId.value())
                .with("p_key_id", query.keyId())
                .with("p_code", query.code())
                .with("p_from", query.from())
                .with("p_to", query.to())
                .with("p_before", query.beforeId())
                .with("p_limit", query.limit()));
        List<Entry> entries = new ArrayList<>();
        for (JsonNode row : rows) {
            entries.add(new Entry(
                    row.path("id").asLong(),
                    Json.instant(row.path("at")),
                    row.path("action").asText(),
                    Json.textOrNull(row.path("user_id")),
                    Json.textOrNull(row.path("key_id")),
                    Json.textOrNull(row.path("request_id")),
                    Json.textOrNull(row.path("address")),
                    row.path("details").toString(),
                    row.path("hash").asText()));
        }
        return entries;
    }

    @Override
    public List<Chain> chains() {
        List<Chain> chains = new ArrayList<>();
        for (JsonNode row : functions.call(FunctionCall.reads("list_audit_chains"))) {
            chains.add(new Chain(
                    row.path("chain").asText(),
                    row.path("own").asBoolean(),
                    new Position(
                            row.path("anchor_number").asLong(),
                            row.path("anchor_hash").asText()),
                    new Position(
                            row.path("head_number").asLong(),
                            row.path("head_hash").asText())));
        }
        return chains;
    }

    @Override
    public List<Link> links(String chain, long after) {
        List<Link> links = new ArrayList<>();
        for (JsonNode row : functions.call(FunctionCall.reads("read_audit_chain")
                .with("p_chain", chain)
                .with("p_after", after)
                .with("p_limit", LINKS_AT_ONCE))) {
            String details = row.path("details").asText();
            String hashed = String.join(
                    "\n",
                    chain,
                    row.path("number").asText(),
                    row.path("at_microseconds").asText(),
                    row.path("action").asText(),
                    textOrEmpty(row.path("user_id")),
                    textOrEmpty(row.path("key_id")),
                    textOrEmpty(row.path("request_id")),
                    textOrEmpty(row.path("address")),
                    details);
            links.add(new Link(
                    row.path("id").asLong(),
                    new Position(row.path("number").asLong(), row.path("hash").asText()),
                    row.path("previous").asText(),
                    hashed,
                    new Content(row.path("action").asText(), details)));
        }
        return links;
    }

    @Override
    public List<Stray> strays() {
        List<Stray> strays = new ArrayList<>();
        for (JsonNode row :
                functions.call(FunctionCall.reads("list_audit_strays").with("p_limit", MOST_FINDINGS))) {
            strays.add(new Stray(
                    row.path("chain").asText(),
                    Place.valueOf(row.path("place").asText()),
                    row.path("rows").asLong(),
                    row.path("first").asLong(),
                    row.path("last").asLong()));
        }
        return strays;
    }

    @Override
    public List<Guard> guards() {
        List<Guard> guards = new ArrayList<>();
        for (JsonNode row :
                functions.call(FunctionCall.reads("list_audit_guards").with("p_limit", MOST_FINDINGS))) {
            guards.add(new Guard(
                    row.path("table").asText(),
                    row.path("name").asText(),
                    GuardState.valueOf(row.path("state").asText())));
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

    /** What is null is an empty line; an empty text, which the schema refuses, is not taken for that. */
    private static String textOrEmpty(JsonNode text) {
        if (!text.isTextual()) {
            return "";
        }
        return text.textValue().isEmpty() ? "\"\"" : text.textValue();
    }
}
