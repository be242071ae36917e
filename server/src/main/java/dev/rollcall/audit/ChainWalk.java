package dev.rollcall.audit;

import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditChains.Link;
import dev.rollcall.audit.AuditChains.Position;
import dev.rollcall.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * The verification of one chain's links in their order, each against the previous one. A link may follow the stored hash of
 * the previous link, or the hash of the last valid link; so an invalid entry is reported once, and not again for each later
 * one. Not safe for use by several threads.
 */
final class ChainWalk {

    private final Chain chain;
    private final Consumer<String> problems;

    private Position last;
    private String lastValid;
    private long lastId = Long.MIN_VALUE;
    private boolean first = true;

    /**
     * Starts before the first stored link.
     *
     * @param problems receives a sentence for each problem
     */
    ChainWalk(Chain chain, Consumer<String> problems) {
        this.chain = chain;
        this.problems = problems;
        this.last = chain.anchor();
        this.lastValid = chain.anchor().hash();
    }

    /** The last link that was verified, or the anchor. */
    Position last() {
        return last;
    }

    /** Verifies the next link, whose number is at least that of the previous one. */
    void next(Link link) {
        long number = link.position().number();
        if (!first && number == last.number()) {
            report("entry " + number + " is there more than once");
            return;
        }
        boolean gap = number != last.number() + 1;
        if (gap) {
            report("entries " + (last.number() + 1) + " to " + (number - 1) + " are gone");
        }
        boolean intact = Sha256.hex(bytes(link.previous()), link.hashed().getBytes(StandardCharsets.UTF_8))
                .equals(link.position().hash());
        boolean follows =
                gap || link.previous().equals(last.hash()) || link.previous().equals(lastValid);
        if (!intact) {
            report("entry " + number + " is not as it was written, or was inserted");
        } else if (!follows) {
            report("entry " + number + " does not follow the entry before it: entries were inserted or exchanged");
        }
        if (link.id() <= lastId) {
            report("entry " + number + " is listed in another place than its own");
        }
        if (number == chain.head().number()
                && !link.position().hash().equals(chain.head().hash())) {
            report("its head is another than its last entry");
        }
        first = false;
        last = link.position();
        lastValid = intact && follows ? link.position().hash() : lastValid;
        lastId = Math.max(lastId, link.id());
    }

    /** Reports a problem if the chain's head was not reached. */
    void end() {
        if (last.number() < chain.head().number()) {
            report("the last entries are gone, from " + (last.number() + 1) + " to "
                    + chain.head().number());
        }
    }

    private void report(String what) {
        problems.accept("chain " + Names.shown(chain.name()) + ": " + what);
    }

    /** The bytes of a hash; none for a text that is no hash, which no entry follows. */
    private static byte[] bytes(String hash) {
        try {
            return HexFormat.of().parseHex(hash);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
