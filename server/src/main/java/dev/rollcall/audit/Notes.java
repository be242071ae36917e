package dev.rollcall.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditChains.Link;
import dev.rollcall.audit.AuditChains.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The notes of log entries about chains: where the stored part of a chain starts ({@code AUDIT_PRUNED}, {@code
 * AUDIT_ADOPTED}), and that a chain was imported and where it ended ({@code AUDIT_ADOPTED} of this database's own chain).
 * Not safe for use by several threads.
 */
final class Notes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PRUNED = "AUDIT_PRUNED";
    private static final String ADOPTED = "AUDIT_ADOPTED";

    /** The head of a note that has none. */
    private static final Position NO_HEAD = new Position(0, "");

    private final Set<String> starts = new HashSet<>();
    private final Map<String, Position> adopted = new HashMap<>();
    private final Map<String, Long> pruned = new HashMap<>();

    /** Reads an entry of a chain; returns false if its details are no JSON. */
    boolean read(Chain chain, Link link) {
        String action = link.content().action();
        if (!action.equals(PRUNED) && !action.equals(ADOPTED)) {
            return true;
        }
        JsonNode details;
        try {
            details = JSON.readTree(link.content().details());
        } catch (JsonProcessingException e) {
            return false;
        }
        String about = details.path("chain").asText();
        if (details.has("up_to")) {
            starts.add(start(
                    about,
                    new Position(
                            details.path("up_to").asLong(), details.path("hash").asText())));
        }
        if (action.equals(PRUNED)) {
            pruned.merge(about, details.path("up_to").asLong(), Math::max);
        } else if (chain.own()) {
            Position head = details.has("head")
                    ? new Position(
                            details.path("head").asLong(),
                            details.path("head_hash").asText())
                    : NO_HEAD;
            adopted.merge(about, head, (one, other) -> one.number() > other.number() ? one : other);
        }
        return true;
    }

    /** Whether an entry notes that a chain is stored from its anchor on. */
    boolean startsAtItsAnchor(Chain chain) {
        return starts.contains(start(chain.name(), chain.anchor()));
    }

    /** Whether an entry notes that a chain was imported. */
    boolean wasAdopted(Chain chain) {
        return adopted.containsKey(chain.name());
    }

    /** The last link of an imported chain according to the latest import's note; empty without one. */
    Optional<Position> adoptedHead(Chain chain) {
        return Optional.ofNullable(adopted.get(chain.name())).filter(head -> !head.equals(NO_HEAD));
    }

    /** The imported chains that are not among the given names and were not removed completely by retention. */
    Set<String> missing(Set<String> present) {
        Set<String> missing = new HashSet<>();
        adopted.forEach((chain, head) -> {
            long removed = pruned.getOrDefault(chain, -1L);
            if (!present.contains(chain) && removed < head.number()) {
                missing.add(chain);
            }
        });
        return missing;
    }

    private static String start(String chain, Position position) {
        return chain + " " + position.number() + " " + position.hash();
    }
}
