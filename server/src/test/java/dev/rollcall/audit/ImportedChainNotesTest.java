package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditChains.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log's notes about imported chains, and the problems that are reported when the chains differ from them. */
class ImportedChainNotesTest {

    private final WrittenLog log = new WrittenLog()
            .begin("own", true)
            .write("own", 2)
            .begin("site-b", false)
            .write("site-b", 5);

    @Test
    void chainWithoutANote_isTold() {
        assertThat(problems()).containsExactly("chain site-b: no entry says that it came with an import");
    }

    @Test
    void noteInTheImportedChainItself_doesNotCount() {
        log.write("site-b", "AUDIT_ADOPTED", "{\"chain\":\"site-b\",\"head\":6,\"head_hash\":\"00\"}");

        assertThat(problems()).containsExactly("chain site-b: no entry says that it came with an import");
    }

    @Test
    void chainWithTheHeadThatWasNoted_isRight() {
        adopted(log.head("site-b").head());

        assertThat(problems()).isEmpty();
    }

    @Test
    void chainWithAnotherHeadThanNoted_isTold() {
        adopted(log.link("site-b", 3).position());

        assertThat(problems()).containsExactly("chain site-b: its last entry is 5, and the import noted another, 4");
    }

    @Test
    void latestOfSeveralImports_counts() {
        Position older = log.link("site-b", 2).position();
        Position latest = log.head("site-b").head();
        adopted(older);
        adopted(latest);
        adopted(older);

        assertThat(problems()).isEmpty();
    }

    @Test
    void noteWithoutAHead_saysOnlyThatItCame() {
        log.write("own", "AUDIT_ADOPTED", "{\"chain\":\"site-b\"}");

        assertThat(problems()).isEmpty();
    }

    @Test
    void chainThatCameFromItsMiddle_isKeptFromThereIfANoteSaysSo() {
        Position second = log.link("site-b", 1).position();
        log.links("site-b").subList(0, 2).clear();
        log.anchorAt("site-b", second);
        Position head = log.head("site-b").head();
        log.write(
                "own",
                "AUDIT_ADOPTED",
                "{\"chain\":\"site-b\",\"up_to\":2,\"hash\":\"%s\",\"head\":%d,\"head_hash\":\"%s\"}"
                        .formatted(second.hash(), head.number(), head.hash()));

        assertThat(problems()).isEmpty();
    }

    @Test
    void noteOfAnotherStart_doesNotCover() {
        Position second = log.link("site-b", 1).position();
        log.links("site-b").subList(0, 2).clear();
        log.anchorAt("site-b", second);
        Position head = log.head("site-b").head();
        log.write(
                "own",
                "AUDIT_ADOPTED",
                "{\"chain\":\"site-b\",\"up_to\":1,\"hash\":\"%s\",\"head\":%d,\"head_hash\":\"%s\"}"
                        .formatted(second.hash(), head.number(), head.hash()));

        assertThat(problems())
                .containsExactly(
                        "chain site-b: entries up to 2 are gone, and no entry says that retention removed them");
    }

    @Test
    void chainThatIsGone_isTold() {
        adopted(log.head("site-b").head());
        remove();

        assertThat(problems()).containsExactly("chain site-b came with an import and is gone");
    }

    @Test
    void chainThatRetentionRemovedAsAWhole_isNotMissed() {
        Position head = log.head("site-b").head();
        adopted(head);
        remove();
        pruned(3);
        assertThat(problems()).as("removed in part only").hasSize(1);

        pruned(head.number());
        pruned(4);

        assertThat(problems()).isEmpty();
    }

    @Test
    void noteThatIsNoJson_isTold() {
        adopted(log.head("site-b").head());
        log.write("own", "AUDIT_PRUNED", "{");
        log.write("own", "PERSON_ENROLLED", "{");

        assertThat(problems()).containsExactly("entry 4 has details that are no JSON");
    }

    private void remove() {
        log.remove("site-b");
    }

    private void adopted(Position head) {
        log.write(
                "own",
                "AUDIT_ADOPTED",
                "{\"chain\":\"site-b\",\"head\":%d,\"head_hash\":\"%s\"}".formatted(head.number(), head.hash()));
    }

    private void pruned(long upTo) {
        log.write("own", "AUDIT_PRUNED", "{\"chain\":\"site-b\",\"up_to\":%d,\"hash\":\"00\"}".formatted(upTo));
    }

    private List<String> problems() {
        return AuditVerification.of(log, List.of()).problems();
    }
}
