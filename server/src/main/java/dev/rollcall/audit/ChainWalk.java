package dev.rollcall.audit;

import dev.rollcall.audit.AuditStore.Chain;
import dev.rollcall.audit.AuditStore.Link;
import dev.rollcall.audit.AuditStore.Position;
import dev.rollcall.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * The links of one chain in their order, each compared with the one before it. A link may follow the stored hash of the link
 * before it, or the hash of the last link that was right: so one wrong entry is told once, and not again for each one behind
 * it. Not safe for use by several threads.
 */
final class ChainWalk {

    private final Chain chain;
    private final Consumer<String> problems;

    private Position last;
    private String lastRight;
    private long lastId = Long.MIN_VALUE;
    private boolean first = true;

    /**
     * Starts before the first link that is kept.
     *
     * @param problems takes a sentence for each thing that is wrong
     */
    ChainWalk(Chain chain, Consumer<String> problems) {
        this.chain = chain;
        this.problems = problems;
        this.last = chain.anchor();
        this.lastRight = chain.anchor().hash();
    }

    /** The last link that was seen, or the anchor. */
    Position last() {
        return last;
    }

    /** Takes the next link, which has the number of the one before it or a greater one. */
    void next(Link link) {
        long number = link.position().number();
        if (!first && number == last.number()) {
            tell("entry " + number + " is there more than once");
            return;
        }
        boolean gap = number != last.number() + 1;
        if (gap) {
            tell("entries " + (last.number() + 1) + " to " + (number - 1) + " are gone");
        }
        boolean asWritten = Sha256.hex(bytes(link.previous()), link.hashed().getBytes(StandardCharsets.UTF_8))
                .equals(link.position().hash());
        boolean follows =
                gap || link.previous().equals(last.hash()) || link.previous().equals(lastRight);
        if (!asWritten) {
            tell("entry " + number + " is not as it was written, or was put in");
        } else if (!follows) {
            tell("entry " + number + " does not follow the entry before it: entries were put in or exchanged");
        }
        if (link.id() <= lastId) {
            tell("entry " + number + " is listed in another place than its own");
        }
        if (number == chain.head().number()
                && !link.position().hash().equals(chain.head().hash())) {
            tell("its head is another than its last entry");
        }
        first = false;
        last = link.position();
        lastRight = asWritten && follows ? link.position().hash() : lastRight;
        lastId = Math.max(lastId, link.id());
    }

    /** Tells if the chain's head was not reached. */
    void end() {
        if (last.number() < chain.head().number()) {
            tell("the last entries are gone, from " + (last.number() + 1) + " to "
                    + chain.head().number());
        }
    }

    private void tell(String what) {
        problems.accept("chain " + Names.shown(chain.name()) + ": " + what);
    }

    /** What is no hash any more reads as nothing, which no entry follows. */
    private static byte[] bytes(String hash) {
        try {
            return HexFormat.of().parseHex(hash);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
