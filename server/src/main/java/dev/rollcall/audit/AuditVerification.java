package dev.rollcall.audit;

import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditChains.Guard;
import dev.rollcall.audit.AuditChains.Link;
import dev.rollcall.audit.AuditChains.Position;
import dev.rollcall.audit.AuditChains.Stray;
import dev.rollcall.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The verification of the audit log: recomputes the hashes of all chains and reports where they are broken. A link's hash
 * is the SHA-256 of the previous hash and of the entry. So an entry that was changed, removed or inserted is detected,
 * unless all later hashes were recomputed; that is detected by a position noted outside of the database. Also reported are
 * entries that belong to no chain, imported chains whose length or number differs from the imports' notes, and disabled
 * triggers of the database.
 */
public final class AuditVerification {

    /** Further problems are only counted. */
    private static final int MAX_PROBLEMS = 200;

    /** Attempts, since retention may remove entries during the verification. */
    private static final int TRIES = 3;

    private final AuditChains store;
    private final List<String> problems = new ArrayList<>();
    private final Notes notes = new Notes();
    private long unreported;

    private AuditVerification(AuditChains store) {
        this.store = store;
    }

    /**
     * The result of a verification.
     *
     * @param chains every chain with its last link
     * @param entries the number of entries verified
     * @param problems a sentence each
     */
    public record Report(List<Chain> chains, long entries, List<String> problems) {}

    /**
     * Verifies all chains.
     *
     * @param noted positions noted outside of the database, each of which must be in one of the chains
     */
    public static Report of(AuditChains store, List<Position> noted) {
        for (int attempt = 1; ; attempt++) {
            List<Chain> chains = store.chains();
            Report report = new AuditVerification(store).verify(chains, noted);
            if (report.problems().isEmpty()
                    || attempt == TRIES
                    || anchors(chains).equals(anchors(store.chains()))) {
                return report;
            }
        }
    }

    private static Set<String> anchors(List<Chain> chains) {
        return chains.stream().map(chain -> chain.name() + " " + chain.anchor()).collect(Collectors.toSet());
    }

    private Report verify(List<Chain> chains, List<Position> noted) {
        if (chains.stream().noneMatch(Chain::own)) {
            report("the chain of this database is gone");
        }
        Set<Position> missing = new HashSet<>(noted);
        long entries = 0;
        for (Chain chain : chains) {
            entries += verifyChain(chain, missing);
        }
        chains.forEach(this::checkStart);
        chains.stream().filter(chain -> !chain.own()).forEach(this::checkAdoption);
        Set<String> present = chains.stream().map(Chain::name).collect(Collectors.toSet());
        for (String gone : new TreeSet<>(notes.missing(present))) {
            report("chain " + Names.shown(gone) + " came with an import and is gone");
        }
        store.strays().forEach(stray -> report(describe(stray)));
        store.guards().forEach(guard -> report(describe(guard)));
        missing.forEach(
                position -> report("the log has no entry " + position.number() + " with the hash " + position.hash()));
        if (unreported > 0) {
            problems.add("and " + unreported + " more");
        }
        return new Report(chains, entries, List.copyOf(problems));
    }

    private void report(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        } else {
            unreported++;
        }
    }

    /** Verifies a chain up to its head; returns the number of its links. Links after the head are new, or strays. */
    private long verifyChain(Chain chain, Set<Position> missing) {
        ChainWalk walk = new ChainWalk(chain, this::report);
        missing.remove(walk.last());
        long entries = 0;
        List<Link> links;
        do {
            links = store.links(chain.name(), walk.last().number()).stream()
                    .filter(link -> link.position().number() <= chain.head().number())
                    .toList();
            for (Link link : links) {
                walk.next(link);
                if (!notes.read(chain, link)) {
                    report("entry " + link.position().number() + " has details that are no JSON");
                }
                missing.remove(link.position());
                entries++;
            }
        } while (!links.isEmpty());
        walk.end();
        return entries;
    }

    /** Checks that a chain begins with its first entry, or where an entry notes that older ones were removed. */
    private void checkStart(Chain chain) {
        Position anchor = chain.anchor();
        String name = Sha256.hex(chain.name().getBytes(StandardCharsets.UTF_8));
        boolean beginning = anchor.number() == 0 && anchor.hash().equals(name);
        if (!beginning && !notes.startsAtItsAnchor(chain)) {
            report("chain " + Names.shown(chain.name()) + ": entries up to " + anchor.number()
                    + " are gone, and no entry says that retention removed them");
        }
    }

    /** Checks that an entry notes the import of a chain, and its last entry. */
    private void checkAdoption(Chain chain) {
        if (!notes.wasAdopted(chain)) {
            report("chain " + Names.shown(chain.name()) + ": no entry says that it came with an import");
        }
        notes.adoptedHead(chain)
                .filter(head -> !head.equals(chain.head()))
                .ifPresent(head -> report("chain " + Names.shown(chain.name()) + ": its last entry is "
                        + chain.head().number() + ", and the import noted another, " + head.number()));
    }

    private static String describe(Stray stray) {
        String entries = stray.rows() + (stray.rows() == 1 ? " entry" : " entries");
        String numbers = stray.first() == stray.last()
                ? "number " + stray.first()
                : "numbers " + stray.first() + " to " + stray.last();
        String chain = Names.shown(stray.chain());
        return switch (stray.place()) {
            case NO_CHAIN ->
                entries + " (" + numbers + ") under the name " + chain + ", which is no chain, not written by Rollcall";
            case BEFORE_FIRST ->
                "chain " + chain + ": " + entries + " before its first one (" + numbers + "), not written by Rollcall";
            case BEHIND_LAST ->
                "chain " + chain + ": " + entries + " behind its last one (" + numbers + "), not written by Rollcall";
            case NO_PLACE -> entries + " without a chain or a number, not written by Rollcall";
        };
    }

    private static String describe(Guard guard) {
        String where = Names.shown(guard.name()) + " on " + guard.table();
        return switch (guard.state()) {
            case MISSING -> "the trigger " + where + " is missing or changed";
            case OFF -> "the trigger " + where + " is switched off";
            case FOREIGN -> "the trigger or rule " + where + " does not belong to Rollcall";
        };
    }
}
