package dev.rollcall.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.digest.Sha256;
import dev.rollcall.usecase.AuditStore;
import dev.rollcall.usecase.AuditStore.Chain;
import dev.rollcall.usecase.AuditStore.Link;
import dev.rollcall.usecase.AuditStore.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Reckons the chains of the audit log again and says where they are broken. A link's hash is the SHA-256 of the hash
 * before it and of the entry; so an entry that was changed, removed or put in shows, unless everything behind it was
 * reckoned anew, too. Against that helps a position that was noted elsewhere.
 */
public final class AuditVerification {

    private static final JsonMapper JSON = new JsonMapper();

    /** Entries that say from where on a chain is kept. */
    private static final Set<String> STARTS = Set.of("AUDIT_PRUNED", "AUDIT_ADOPTED");

    private final AuditStore store;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> knownStarts = new HashSet<>();

    private AuditVerification(AuditStore store) {
        this.store = store;
    }

    /**
     * What was found.
     *
     * @param chains every chain with its last link
     * @param entries how many entries were reckoned
     * @param problems what is wrong, a sentence each
     */
    public record Report(List<Chain> chains, long entries, List<String> problems) {}

    /**
     * Verifies all chains.
     *
     * @param noted positions that were noted elsewhere, which must be in one of the chains
     */
    public static Report of(AuditStore store, List<Position> noted) {
        AuditVerification verification = new AuditVerification(store);
        List<Chain> chains = store.chains();
        if (chains.stream().noneMatch(Chain::own)) {
            verification.problems.add("the chain of this database is gone");
        }
        Set<Position> missing = new HashSet<>(noted);
        long entries = 0;
        for (Chain chain : chains) {
            entries += verification.reckon(chain, missing);
        }
        chains.forEach(verification::checkStart);
        missing.forEach(position -> verification.problems.add(
                "the log has no entry " + position.number() + " with the hash " + position.hash()));
        return new Report(chains, entries, List.copyOf(verification.problems));
    }

    /** Reckons a chain up to its head; answers how many links it has. */
    private long reckon(Chain chain, Set<Position> missing) {
        Position last = chain.anchor();
        missing.remove(last);
        boolean whole = true;
        long entries = 0;
        List<Link> links;
        do {
            links = store.links(chain.name(), last.number());
            for (Link link : links) {
                if (whole && link.position().number() <= chain.head().number()) {
                    whole = follows(chain, last, link);
                }
                noteStart(link);
                last = link.position();
                missing.remove(last);
                entries++;
            }
        } while (!links.isEmpty());
        if (last.number() < chain.head().number()) {
            problems.add("chain " + chain.name() + ": the last entries are gone, from " + (last.number() + 1) + " to "
                    + chain.head().number());
        }
        return entries;
    }

    private boolean follows(Chain chain, Position last, Link link) {
        long number = link.position().number();
        if (number != last.number() + 1) {
            problems.add(
                    "chain " + chain.name() + ": entries " + (last.number() + 1) + " to " + (number - 1) + " are gone");
            return false;
        }
        String reckoned =
                Sha256.hex(HexFormat.of().parseHex(last.hash()), link.hashed().getBytes(StandardCharsets.UTF_8));
        if (!reckoned.equals(link.position().hash())) {
            problems.add("chain " + chain.name() + ": entry " + number + " is not as it was written");
            return false;
        }
        if (number == chain.head().number() && !reckoned.equals(chain.head().hash())) {
            problems.add("chain " + chain.name() + ": its head is another than its last entry");
            return false;
        }
        return true;
    }

    private void noteStart(Link link) {
        if (STARTS.contains(link.action())) {
            try {
                JsonNode details = JSON.readTree(link.details());
                knownStarts.add(start(
                        details.path("chain").asText(),
                        details.path("up_to").asLong(),
                        details.path("hash").asText()));
            } catch (JsonProcessingException e) {
                problems.add("entry " + link.position().number() + " has details that are no JSON");
            }
        }
    }

    /** A chain begins at its beginning, or where an entry says that older ones were removed. */
    private void checkStart(Chain chain) {
        Position anchor = chain.anchor();
        String name = Sha256.hex(chain.name().getBytes(StandardCharsets.UTF_8));
        boolean beginning = anchor.number() == 0 && anchor.hash().equals(name);
        if (!beginning && !knownStarts.contains(start(chain.name(), anchor.number(), anchor.hash()))) {
            problems.add("chain " + chain.name() + ": entries up to " + anchor.number()
                    + " are gone, and no entry says that retention removed them");
        }
    }

    private static String start(String chain, long number, String hash) {
        return chain + " " + number + " " + hash;
    }
}
