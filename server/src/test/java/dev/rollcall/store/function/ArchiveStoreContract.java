package dev.rollcall.store.function;

import static dev.rollcall.store.function.SampleArchive.assignment;
import static dev.rollcall.store.function.SampleArchive.correction;
import static dev.rollcall.store.function.SampleArchive.entries;
import static dev.rollcall.store.function.SampleArchive.key;
import static dev.rollcall.store.function.SampleArchive.lookAlike;
import static dev.rollcall.store.function.SampleArchive.mark;
import static dev.rollcall.store.function.SampleArchive.newChain;
import static dev.rollcall.store.function.SampleArchive.person;
import static dev.rollcall.store.function.SampleArchive.shift;
import static dev.rollcall.store.function.SampleArchive.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store must do with archives whose rows are well-formed, one by one, and wrong together or beside what is there. */
interface ArchiveStoreContract extends ArchiveFixture {

    @Test
    default void rowsThatCanOnlyBeOnce_areRefusedTwice(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        String bob = Samples.newUserId().value();
        long id = IDS.addAndGet(10);
        String hash = Samples.hash();
        String other = hash.substring(0, 12) + Samples.hash().substring(12);
        String chain = newChain();
        List<String> single = entries(chain, 1, "ONE");

        refused(folder, List.of(person(ann, ""), person(ann, "")), "line 3 (person), user_id is the same as in line 2");
        refused(
                folder,
                List.of(person(ann, template(id, 1)), person(bob, template(id, 2))),
                "line 3 (person), template id is the same as in line 2");
        refused(
                folder,
                List.of(person(ann, template(id, 1) + "," + template(id, 2))),
                "line 2 (person), template id is the same as in line 2");
        refused(folder, List.of(mark(id, ann, 1), mark(id, bob, 1)), "line 3 (mark), id is the same as in line 2");
        refused(
                folder,
                List.of(
                        mark(id, ann, 1),
                        mark(id + 1, bob, 1),
                        mark(id + 2, ann, 1).replace(":01.123", ":02.123")),
                "line 4 (mark), number is the same as in line 2");
        refused(folder, List.of(key(hash), key(other)), "line 3 (api_key), key_hash is the same as in line 2");
        refused(folder, List.of(single.get(0), single.get(0)), "line 3 (audit), number must be 2");
        assertThat(chains()).doesNotContain(chain);
    }

    @Test
    default void forgedEntries_areRefused(@TempDir Path folder) throws Exception {
        String chain = newChain();
        List<String> whole = entries(chain, 4, "ENTRY");
        List<String> changed = new ArrayList<>(whole);
        changed.set(2, whole.get(2).replace("ENTRY", "OTHER"));

        refused(folder, changed, "line 4 (audit), hash is not that of the entry");
        refused(folder, whole.subList(1, 4), "line 2 (audit), number must be 1");
        refused(folder, List.of(whole.get(0), whole.get(2)), "line 3 (audit), number must be 2");
        List<String> mixed = new ArrayList<>(whole.subList(0, 2));
        mixed.add(entries(chain, 4, "OTHER").get(2));
        refused(folder, mixed, "line 4 (audit), previous must be the hash of the entry before it");
        String longer = "{\"n\": \"" + "x".repeat(4090) + "\"}";
        refused(
                folder,
                List.of(whole.get(0).replace("{\"n\": 0.10}", longer)),
                "line 2 (audit), details is longer than 4,096 bytes");
        assertThat(chains()).doesNotContain(chain);
    }

    @Test
    default void chainThatGrew_isTakenFurtherAndNoOtherIs(@TempDir Path folder) throws Exception {
        String name = newChain();
        List<String> whole = entries(name, 9, "ENTRY");

        assertThat(imported(folder, whole.subList(0, 3))).isInstanceOf(Outcome.Imported.class);
        assertThat(imported(folder, whole.subList(0, 5))).isInstanceOf(Outcome.Imported.class);
        assertThat(imported(folder, whole.subList(0, 4))).isInstanceOf(Outcome.Imported.class);
        assertThat(((Outcome.Conflict) imported(folder, entries(name, 6, "OTHER"))).rows())
                .contains("audit " + name + " 1");

        assertThat(chain(name).head().number()).isEqualTo(5);
        assertThat(AuditVerification.of(audit(), List.of()).problems()).isEmpty();
    }

    @Test
    default void moreOfThisDatabasesOwnChain_isAConflict(@TempDir Path folder) throws Exception {
        Chain own = audit().chains().stream().filter(Chain::own).findFirst().orElseThrow();
        int head = (int) own.head().number();
        List<String> rows = entries(own.name(), head + 2, "FORGED");

        assertThat(((Outcome.Conflict) imported(folder, rows)).rows()).isNotEmpty();
        assertThat(AuditVerification.of(audit(), List.of()).problems()).isEmpty();
    }

    @Test
    default void keyWithTheSameBeginning_isAConflict(@TempDir Path folder) throws Exception {
        String hash = Samples.hash();
        assertThat(imported(folder, List.of(key(hash)))).isInstanceOf(Outcome.Imported.class);

        String other = hash.substring(0, 12) + Samples.hash().substring(12);

        assertThat(imported(folder, List.of(key(other))))
                .isEqualTo(new Outcome.Conflict(List.of("api_key " + hash.substring(0, 12))));
    }

    @Test
    default void assignmentToASecondShiftAtOneTime_isAConflict(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        long id = IDS.addAndGet(10);
        String night = shift("n-" + id, 20, 8, 1);
        String early = shift("e-" + id, 6, 14, 2);
        List<String> nights = List.of(person(ann, ""), night, assignment(id, "n-" + id, ann));
        assertThat(imported(folder, nights)).isInstanceOf(Outcome.Imported.class);

        assertThat(imported(folder, nights)).isInstanceOf(Outcome.Imported.class);
        assertThat(imported(folder, List.of(person(ann, ""), early, assignment(id + 1, "e-" + id, ann))))
                .isEqualTo(new Outcome.Conflict(List.of("shift_assignment " + (id + 1))));
    }

    @Test
    default void enrollmentAfterAnImport_goesOnBehindItsIds(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        assertThat(imported(folder, List.of(person(ann, template(IDS.addAndGet(10), 77)), mark(IDS.get(), ann, 1))))
                .isInstanceOf(Outcome.Imported.class);

        assertThat(Samples.enroll(new FunctionPeopleStore(functions(), TemplateSeal.none()), new UserId(ann), 78))
                .isEqualTo(new Written.Enrolled(2));
    }

    @Test
    default void rowsThatNameWhatIsNotThere_areRefused(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        long id = IDS.addAndGet(10);

        refused(
                folder,
                List.of(person(ann, "").replace("\"site\":null", "\"site\":\"moon\"")),
                "line 2 (person), site is none of the export");
        refused(
                folder,
                List.of(mark(id, ann, 1), correction(id, ann, "voided", id + 1, null)),
                "line 3 (correction), old_mark is none of the export");
        refused(
                folder,
                List.of(person(ann, ""), lookAlike(ann, "v" + ann)),
                "line 3 (look_alike), second_id is none of the export");
    }

    @Test
    default void lookAlikes_comeWithThePeople(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        List<String> rows = List.of(person(ann, ""), person("v" + ann, ""), lookAlike(ann, "v" + ann));

        refused(
                folder,
                List.of(rows.get(0), rows.get(1), rows.get(2), rows.get(2)),
                "line 5 (look_alike), second_id is the same as in line 4");
        assertThat(((Outcome.Imported) imported(folder, rows)).added()).containsEntry("look_alikes", 1L);
        assertThat(((Outcome.Imported) imported(folder, rows)).added()).containsEntry("look_alikes", 0L);
        List<String> later = List.of(rows.get(0), rows.get(1), rows.get(2).replace("08:00:00", "08:00:01"));
        assertThat(((Outcome.Conflict) imported(folder, later)).rows())
                .containsExactly("look_alike " + ann + " v" + ann);
    }

    @Test
    default void idsOfDots_areTaken(@TempDir Path folder) throws Exception {
        for (String dots : List.of(".", "..")) {
            assertThat(imported(folder, List.of(person(dots, "")))).isInstanceOf(Outcome.Imported.class);
        }
    }

    private List<String> chains() {
        return audit().chains().stream().map(Chain::name).toList();
    }

    private Chain chain(String name) {
        return audit().chains().stream()
                .filter(chain -> chain.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
