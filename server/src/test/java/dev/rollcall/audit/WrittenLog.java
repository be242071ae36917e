package dev.rollcall.audit;

import dev.rollcall.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An audit log in memory whose rows tests may change behind its back. Not safe for use by several threads. */
final class WrittenLog implements AuditLog, AuditChains {

    /** Fewer than a chain has, so that chains are read in several answers. */
    private static final int LINKS_AT_ONCE = 3;

    private final Map<String, Chain> chains = new LinkedHashMap<>();
    private final Map<String, List<Link>> links = new LinkedHashMap<>();
    final List<Stray> strays = new ArrayList<>();
    final List<Guard> guards = new ArrayList<>();
    final List<Event> appended = new ArrayList<>();
    private long ids;
    private int timesListed;
    private Runnable afterListing = () -> {};

    /** Begins a chain without links. */
    WrittenLog begin(String chain, boolean own) {
        Position start = new Position(0, Sha256.hex(chain.getBytes(StandardCharsets.UTF_8)));
        chains.put(chain, new Chain(chain, own, start, start));
        links.put(chain, new ArrayList<>());
        return this;
    }

    /** Appends entries that say nothing about chains. */
    WrittenLog write(String chain, int entries) {
        for (int i = 0; i < entries; i++) {
            write(chain, "PERSON_ENROLLED", "{}");
        }
        return this;
    }

    /** Appends an entry. */
    WrittenLog write(String chain, String action, String details) {
        Chain before = head(chain);
        long number = before.head().number() + 1;
        String hashed = chain + " " + number + " " + action + " " + details;
        links(chain).add(link(++ids, number, before.head().hash(), hashed, new Content(action, details)));
        return headAt(chain, links(chain).get(links(chain).size() - 1).position());
    }

    /** A link as it is written behind a hash. */
    static Link link(long id, long number, String previous, String hashed, Content content) {
        String hash = Sha256.hex(HexFormat.of().parseHex(previous), hashed.getBytes(StandardCharsets.UTF_8));
        return new Link(id, new Position(number, hash), previous, hashed, content);
    }

    /** Says that a chain begins behind a position. */
    WrittenLog anchorAt(String chain, Position anchor) {
        Chain before = head(chain);
        chains.put(chain, new Chain(chain, before.own(), anchor, before.head()));
        return this;
    }

    /** Says that a chain ends with a position. */
    WrittenLog headAt(String chain, Position head) {
        Chain before = head(chain);
        chains.put(chain, new Chain(chain, before.own(), before.anchor(), head));
        return this;
    }

    Chain head(String chain) {
        return Objects.requireNonNull(chains.get(chain));
    }

    /** The links of a chain, which may be changed. */
    List<Link> links(String chain) {
        return Objects.requireNonNull(links.get(chain));
    }

    /** Removes a chain with its links. */
    void remove(String chain) {
        chains.remove(chain);
        links.remove(chain);
    }

    /** The link of a chain with an index from 0. */
    Link link(String chain, int index) {
        return links(chain).get(index);
    }

    /** Removes the first entries of a chain as retention does, and notes it in a chain. */
    WrittenLog prune(String chain, int entries, String notedIn) {
        Position last = link(chain, entries - 1).position();
        links(chain).subList(0, entries).clear();
        anchorAt(chain, last);
        return write(
                notedIn,
                "AUDIT_PRUNED",
                "{\"chain\":\"%s\",\"up_to\":%d,\"hash\":\"%s\"}".formatted(chain, last.number(), last.hash()));
    }

    /** Does something once, right after the chains were listed for the next time. */
    void afterListing(Runnable work) {
        afterListing = work;
    }

    /** How many times the chains were listed. */
    int timesListed() {
        return timesListed;
    }

    @Override
    public void append(Event event) {
        appended.add(event);
    }

    @Override
    public List<Chain> chains() {
        timesListed++;
        List<Chain> listed = List.copyOf(chains.values());
        Runnable after = afterListing;
        afterListing = () -> {};
        after.run();
        return listed;
    }

    @Override
    public List<Link> links(String chain, long after) {
        List<Link> behind = links(chain).stream()
                .filter(link -> link.position().number() > after)
                .toList();
        if (behind.size() <= LINKS_AT_ONCE) {
            return behind;
        }
        long last = behind.get(LINKS_AT_ONCE - 1).position().number();
        return behind.stream().filter(link -> link.position().number() <= last).toList();
    }

    @Override
    public List<Stray> strays() {
        return strays;
    }

    @Override
    public List<Guard> guards() {
        return guards;
    }
}
