package dev.rollcall.store.function;

import static dev.rollcall.store.function.SampleArchive.correction;
import static dev.rollcall.store.function.SampleArchive.manual;
import static dev.rollcall.store.function.SampleArchive.mark;
import static dev.rollcall.store.function.SampleArchive.person;
import static dev.rollcall.store.function.SampleArchive.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.archive.ArchiveStore.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store must do with the corrections of an archive, beside the marks that they are of. */
interface ArchiveCorrectionsContract extends ArchiveFixture {

    @Test
    default void markThatWasVoidedAndReplaced_comesWithItsCorrections(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        long id = IDS.addAndGet(10);
        List<String> rows =
                List.of(mark(id, ann, 1), manual(id + 1, ann, 2), correction(id, ann, "replaced", id, id + 1));

        assertThat(((Outcome.Imported) imported(folder, rows)).added())
                .containsEntry("marks", 2L)
                .containsEntry("corrections", 1L);
        assertThat(((Outcome.Imported) imported(folder, rows)).added()).containsEntry("corrections", 0L);
        assertThat(((Outcome.Conflict) imported(
                                folder, List.of(rows.get(0), rows.get(1), correction(id + 1, ann, "voided", id, null))))
                        .rows())
                .containsExactly("correction " + (id + 1));
    }

    @Test
    default void correctionsOfOtherPeoplesMarks_areRefused(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        long id = IDS.addAndGet(10);
        List<String> people = List.of(person(ann, ""), person("v" + ann, ""), mark(id, ann, 1));

        refused(
                folder,
                with(people, manual(id + 1, "v" + ann, 1), correction(id, ann, "replaced", id, id + 1)),
                "line 6 (correction), new_mark is a mark of another person");
        refused(
                folder,
                with(people, correction(id, "v" + ann, "voided", id, null)),
                "line 5 (correction), old_mark is a mark of another person");
        refused(
                folder,
                with(people, waiting(id, "v" + ann, id)),
                "line 5 (correction_request), old_mark is a mark of another person");
        refused(
                folder,
                List.of(people.get(0), waiting(id, ann, id)),
                "line 3 (correction_request), old_mark is none of the export");
    }

    @Test
    default void correctionThatMadeTheMarkOfADevice_isRefused(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        long id = IDS.addAndGet(10);

        refused(
                folder,
                List.of(mark(id, ann, 1), mark(id + 1, ann, 2), correction(id, ann, "replaced", id, id + 1)),
                "line 4 (correction), new_mark is a mark that was not entered manually");
    }

    @Test
    default void marksOfAPersonThatCount_haveDifferentTimes(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        long id = IDS.addAndGet(10);
        String first = mark(id, ann, 1);
        String second = manual(id + 1, ann, 2).replace(":02.123456", ":01.123456");
        String ofAnother = mark(id + 2, "v" + ann, 1);

        refused(folder, List.of(first, ofAnother, second), "line 4 (mark), marked_at is the same as in line 2");
        refused(
                folder,
                List.of(first, second.replace("+00:00", "Z")),
                "line 3 (mark), marked_at is the same as in line 2");
        assertThat(imported(folder, List.of(first, ofAnother))).isInstanceOf(Outcome.Imported.class);
        assertThat(((Outcome.Conflict) imported(folder, List.of(second))).rows())
                .containsExactly("mark " + (id + 1));
        assertThat(imported(folder, List.of(first, second, correction(id, ann, "replaced", id, id + 1))))
                .isInstanceOf(Outcome.Imported.class);
    }

    @Test
    default void correctionThatWaits_comesWithItsMark(@TempDir Path folder) throws Exception {
        String ann = Samples.newUserId().value();
        long id = IDS.addAndGet(10);
        List<String> rows = List.of(person(ann, ""), mark(id, ann, 1), waiting(id, ann, id));

        assertThat(((Outcome.Imported) imported(folder, rows)).added()).containsEntry("correction_requests", 1L);
        assertThat(((Outcome.Imported) imported(folder, rows)).added()).containsEntry("correction_requests", 0L);
        refused(
                folder,
                with(rows, waiting(id + 1, ann, id)),
                "line 5 (correction_request), old_mark is the same as in line 4");
        assertThat(((Outcome.Conflict) imported(folder, List.of(rows.get(0), rows.get(1), waiting(id + 1, ann, id))))
                        .rows())
                .containsExactly("correction_request " + (id + 1));
    }

    private static List<String> with(List<String> rows, String... more) {
        return Stream.concat(rows.stream(), Stream.of(more)).toList();
    }
}
