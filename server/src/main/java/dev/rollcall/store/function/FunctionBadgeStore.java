package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rollcall.badges.BadgeSigner;
import dev.rollcall.badges.BadgeStore;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Badges in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionBadgeStore implements BadgeStore {

    private final DatabaseFunctions functions;

    public FunctionBadgeStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public List<Issued> issue(List<UserId> people, boolean renew, Instant at, Caller caller) {
        ArrayNode ids = Json.MAPPER.createArrayNode();
        people.forEach(userId -> ids.add(userId.value()));
        JsonNode rows = functions.call(FunctionCall.writes("issue_badges")
                .with("p_user_ids", ids)
                .with("p_renew", renew)
                .with("p_at", at)
                .with("p_caller", Json.json(caller)));
        return AnswerRow.list("issue_badges", rows).stream()
                .map(FunctionBadgeStore::issued)
                .toList();
    }

    private static Issued issued(AnswerRow row) {
        Holder holder = new Holder(
                new UserId(row.text("user_id")),
                row.text("name"),
                row.textOrNull("group"),
                row.text("site"),
                row.text("site_name"));
        return new Issued(holder, row.instant("issued_at"), signer(row));
    }

    private static BadgeSigner signer(AnswerRow row) {
        return new BadgeSigner(row.text("issue"), HexFormat.of().parseHex(row.text("key")));
    }

    @Override
    public Optional<BadgeSigner> find(UserId userId) {
        JsonNode found = functions.call(FunctionCall.reads("find_badge").with("p_user_id", userId.value()));
        return found.isNull() ? Optional.empty() : Optional.of(signer(AnswerRow.of("find_badge", found)));
    }

    @Override
    public Optional<Instant> replaceKey(String site, Instant at, Caller caller) {
        JsonNode replaced = functions.call(FunctionCall.writes("replace_badge_key")
                .with("p_site", site)
                .with("p_at", at)
                .with("p_caller", Json.json(caller)));
        return replaced.isNull()
                ? Optional.empty()
                : Optional.of(AnswerRow.of("replace_badge_key", replaced).instant("made_at"));
    }
}
