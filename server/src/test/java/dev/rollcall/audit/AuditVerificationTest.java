package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditChains.Content;
import dev.rollcall.audit.AuditChains.Guard;
import dev.rollcall.audit.AuditChains.GuardState;
import dev.rollcall.audit.AuditChains.Link;
import dev.rollcall.audit.AuditChains.Place;
import dev.rollcall.audit.AuditChains.Position;
import dev.rollcall.audit.AuditChains.Stray;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The problems that are reported about a changed log, and that none are reported about an unchanged one. */
class AuditVerificationTest {

    private static final Content OTHER = new Content("PERSON_ERASED", "{}");

    private final WrittenLog log = new WrittenLog().begin("own", true).write("own", 8);

    @Test
    void untouchedLog_hasNoProblemAndIsCounted() {
        log.begin("imported", false).write("imported", 4);
        adopted("imported");

        AuditVerification.Report report = AuditVerification.of(log, List.of());

        assertThat(report.problems()).isEmpty();
        assertThat(report.entries()).isEqualTo(13);
        assertThat(report.chains()).isEqualTo(log.chains());
    }

    @Test
    void emptyLog_hasNoProblem() {
        assertThat(problems(new WrittenLog().begin("own", true))).isEmpty();
    }

    @Test
    void logWithoutItsOwnChain_isIncomplete() {
        assertThat(problems(new WrittenLog())).containsExactly("the chain of this database is gone");
    }

    @Test
    void changedEntry_isToldOnce() {
        Link link = log.link("own", 2);
        log.links("own").set(2, new Link(link.id(), link.position(), link.previous(), "changed", link.content()));

        assertThat(problems(log)).containsExactly("chain own: entry 3 is not as it was written, or was inserted");
    }

    @Test
    void entryThatWasWrittenAnewWithItsHash_isToldOnce() {
        Link link = log.link("own", 2);
        log.links("own").set(2, WrittenLog.link(link.id(), 3, link.previous(), "changed", link.content()));

        assertThat(problems(log))
                .containsExactly(
                        "chain own: entry 4 does not follow the entry before it: entries were inserted or exchanged");
    }

    @Test
    void hashesThatAreNone_areTold() {
        Link link = log.link("own", 4);
        log.links("own").set(4, new Link(link.id(), link.position(), "no hash", link.hashed(), link.content()));

        assertThat(problems(log)).containsExactly("chain own: entry 5 is not as it was written, or was inserted");
    }

    @Property(tries = 200)
    void anyOneChangeOfAnEntry_isFound(
            @ForAll @IntRange(max = 7) int index, @ForAll @IntRange(max = 3) int part, @ForAll long seed) {
        WrittenLog one = new WrittenLog().begin("own", true).write("own", 8);
        Link link = one.link("own", index);
        String other =
                Long.toHexString(seed) + "f".repeat(64 - Long.toHexString(seed).length());
        Position position = link.position();
        one.links("own")
                .set(
                        index,
                        switch (part) {
                            case 0 -> new Link(link.id(), position, link.previous(), other, link.content());
                            case 1 -> new Link(link.id(), position, other, link.hashed(), link.content());
                            case 2 ->
                                new Link(
                                        link.id(),
                                        new Position(position.number(), other),
                                        link.previous(),
                                        link.hashed(),
                                        link.content());
                            default ->
                                new Link(
                                        link.id() + (index == 7 ? -1 : 1),
                                        position,
                                        link.previous(),
                                        link.hashed(),
                                        link.content());
                        });

        assertThat(problems(one)).isNotEmpty();
    }

    @Test
    void removedEntries_areToldWithTheirNumbers() {
        log.links("own").remove(2);
        log.links("own").remove(4);
        log.links("own").remove(4);

        assertThat(problems(log))
                .containsExactly("chain own: entries 3 to 3 are gone", "chain own: entries 6 to 7 are gone");
    }

    @Test
    void removedFirstEntry_isTold() {
        log.links("own").remove(0);

        assertThat(problems(log)).containsExactly("chain own: entries 1 to 1 are gone");
    }

    @Test
    void removedLastEntries_areTold() {
        log.links("own").subList(5, 8).clear();

        assertThat(problems(log)).containsExactly("chain own: the last entries are gone, from 6 to 8");
    }

    @Test
    void chainOfWhichNothingIsLeft_isTold() {
        log.links("own").clear();

        assertThat(problems(log)).containsExactly("chain own: the last entries are gone, from 1 to 8");
    }

    @Test
    void exchangedEntries_areTold() {
        Link third = log.link("own", 2);
        Link fourth = log.link("own", 3);
        log.links("own").set(2, renumbered(fourth, 3));
        log.links("own").set(3, renumbered(third, 4));

        assertThat(problems(log))
                .contains(
                        "chain own: entry 3 does not follow the entry before it: entries were inserted or exchanged",
                        "chain own: entry 4 is listed in another place than its own");
    }

    @Test
    void secondEntryOfANumber_isTold() {
        log.links("own")
                .add(3, WrittenLog.link(99, 3, log.link("own", 1).position().hash(), "twin", OTHER));

        assertThat(problems(log)).containsExactly("chain own: entry 3 is there more than once");
    }

    @Test
    void idThatDoesNotGrow_isTold() {
        Link link = log.link("own", 3);
        log.links("own")
                .set(
                        3,
                        new Link(
                                log.link("own", 2).id(),
                                link.position(),
                                link.previous(),
                                link.hashed(),
                                link.content()));

        assertThat(problems(log)).containsExactly("chain own: entry 4 is listed in another place than its own");
    }

    @Test
    void headWithAnotherHash_isTold() {
        log.headAt("own", new Position(8, "0".repeat(64)));

        assertThat(problems(log)).containsExactly("chain own: its head is another than its last entry");
    }

    @Test
    void entriesBehindTheHead_areNewAndNotCounted() {
        Position head = log.link("own", 5).position();
        log.headAt("own", head);

        AuditVerification.Report report = AuditVerification.of(log, List.of());

        assertThat(report.problems()).isEmpty();
        assertThat(report.entries()).isEqualTo(6);
    }

    @Test
    void notedPosition_isLookedForInEveryChain() {
        log.begin("imported", false).write("imported", 4);
        adopted("imported");
        Position never = new Position(3, "0".repeat(64));
        List<Position> noted = List.of(
                log.head("own").anchor(),
                log.link("own", 2).position(),
                log.link("imported", 3).position(),
                never);

        assertThat(AuditVerification.of(log, noted).problems())
                .containsExactly("the log has no entry 3 with the hash " + never.hash());
    }

    @Test
    void chainThatDoesNotBeginWithItsName_isTold() {
        WrittenLog other = new WrittenLog().begin("own", true);
        other.anchorAt("own", new Position(0, "0".repeat(64))).headAt("own", new Position(0, "0".repeat(64)));

        assertThat(problems(other))
                .containsExactly("chain own: entries up to 0 are gone, and no entry says that retention removed them");
    }

    @Test
    void entriesOutsideOfChains_areToldByTheirPlace() {
        log.strays.addAll(List.of(
                new Stray("x\n", Place.NO_CHAIN, 1, 4, 4),
                new Stray("own", Place.BEFORE_FIRST, 2, 1, 2),
                new Stray("own", Place.BEHIND_LAST, 3, 9, 11),
                new Stray("", Place.NO_PLACE, 1, 0, 0)));

        assertThat(problems(log))
                .containsExactly(
                        "1 entry (number 4) under the name x?, which is no chain, not written by Rollcall",
                        "chain own: 2 entries before its first one (numbers 1 to 2), not written by Rollcall",
                        "chain own: 3 entries behind its last one (numbers 9 to 11), not written by Rollcall",
                        "1 entry without a chain or a number, not written by Rollcall");
    }

    @Test
    void guardsOfTheDatabase_areToldByTheirState() {
        log.guards.addAll(List.of(
                new Guard("audit_log", "keep", GuardState.MISSING),
                new Guard("audit_log", "keep", GuardState.OFF),
                new Guard("audit_log", "my\u001bown", GuardState.FOREIGN)));

        assertThat(problems(log))
                .containsExactly(
                        "the trigger keep on audit_log is missing or changed",
                        "the trigger keep on audit_log is switched off",
                        "the trigger or rule my?own on audit_log does not belong to Rollcall");
    }

    @Test
    void problemsBeyondTwoHundred_areCounted() {
        for (int i = 0; i < 200; i++) {
            log.guards.add(new Guard("audit_log", "g" + i, GuardState.OFF));
        }
        assertThat(problems(log)).hasSize(200).last().asString().startsWith("the trigger g199");

        log.guards.add(new Guard("audit_log", "g", GuardState.OFF));
        log.guards.add(new Guard("audit_log", "g", GuardState.OFF));
        assertThat(problems(log)).hasSize(201).last().isEqualTo("and 2 more");
    }

    private void adopted(String chain) {
        Position head = log.head(chain).head();
        log.write(
                "own",
                "AUDIT_ADOPTED",
                "{\"chain\":\"%s\",\"head\":%d,\"head_hash\":\"%s\"}".formatted(chain, head.number(), head.hash()));
    }

    private static Link renumbered(Link link, long number) {
        return new Link(
                link.id(),
                new Position(number, link.position().hash()),
                link.previous(),
                link.hashed(),
                link.content());
    }

    private static List<String> problems(WrittenLog log) {
        return AuditVerification.of(log, List.of()).problems();
    }
}
