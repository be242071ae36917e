package dev.rollcall.reports;

import static dev.rollcall.reports.SheetSamples.EARLY;
import static dev.rollcall.reports.SheetSamples.MONDAY;
import static dev.rollcall.reports.SheetSamples.NIGHT;
import static dev.rollcall.reports.SheetSamples.WEEK;
import static dev.rollcall.reports.SheetSamples.next;
import static dev.rollcall.reports.SheetSamples.person;
import static dev.rollcall.reports.SheetSamples.sources;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Page;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.reports.TryShift.ChangedMonth;
import dev.rollcall.reports.TryShift.Trial;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Grace;
import dev.rollcall.schedule.ShiftChange;
import dev.rollcall.schedule.ShiftRules;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Trials of shifts: which days would change. */
class TryShiftTest {

    private final MadeUpSheets store = SheetSamples.store();
    private final TryShift trials = new TryShift(sources(store));

    @Test
    void trial_listsTheDaysThatWouldLookOtherwise() {
        store.add(person("ann", true, MONDAY.atTime(8, 4), MONDAY.atTime(16, 0)));
        store.add(person("bob", true, MONDAY.atTime(8, 6), MONDAY.atTime(16, 0)));
        ShiftChange.Rules grace = new ShiftChange.Rules(null, null, null, null, new Grace(5, 0), null, null);

        List<ChangedMonth> changed = trial(grace, false);

        assertThat(changed).singleElement().satisfies(ann -> {
            assertThat(ann.userId()).isEqualTo(new UserId("ann"));
            assertThat(ann.days()).singleElement().satisfies(day -> {
                assertThat(day.date()).isEqualTo(MONDAY);
                assertThat(day.before().status()).isEqualTo(DayStatus.LATE);
                assertThat(day.after().status()).isEqualTo(DayStatus.PRESENT);
            });
        });
        assertThat(trials.page(new Trial("other", grace, Whose.EVERYBODY, WEEK, false, null, 5)))
                .isEmpty();
    }

    @Test
    void trial_canAssignTheShift() {
        PersonRecord free = person("ann", true);
        store.add(
                new PersonRecord(free.userId(), null, "Ann", null, null, free.createdAt(), null, List.of(), List.of()));

        assertThat(trial(ShiftChange.Rules.NONE, false)).isEmpty();
        assertThat(trial(ShiftChange.Rules.NONE, true)).singleElement().satisfies(ann -> {
            assertThat(ann.days()).hasSize(7);
            assertThat(ann.after().days()).containsEntry(DayStatus.ABSENT, 5);
        });
    }

    /** Marks from three days before the range until three days after it. */
    @Property(tries = 200)
    void trialOfTheRulesThereAre_changesNothing(
            @ForAll @Size(max = 24) List<@IntRange(min = -4320, max = 14_400) Integer> minutes,
            @ForAll boolean atNight) {
        LocalDateTime[] marks = minutes.stream()
                .distinct()
                .sorted()
                .map(minute -> MONDAY.atStartOfDay().plusMinutes(minute))
                .toArray(LocalDateTime[]::new);
        ShiftRules rules = atNight ? NIGHT : EARLY;
        String shift = atNight ? "night" : "early";
        store.people.clear();
        store.add(person("ann", shift, null, marks));
        ShiftChange.Rules same = ShiftChange.Rules.to(rules);

        assertThat(trial(shift, ShiftChange.Rules.NONE, false)).isEmpty();
        assertThat(trial(shift, same, false)).isEmpty();
        assertThat(trial(shift, same, true)).isEmpty();
    }

    @Test
    void trialThatAssigns_leavesTheDaysBesideItAsTheyAre() {
        List<LocalDateTime> nights = new ArrayList<>();
        for (int day = -3; day < 10; day++) {
            nights.add(MONDAY.plusDays(day).atTime(22, 0));
            nights.add(MONDAY.plusDays(day + 1).atTime(6, 0));
        }
        store.add(person("ann", "night", null, nights.toArray(LocalDateTime[]::new)));

        assertThat(trial("night", ShiftChange.Rules.NONE, true)).isEmpty();
    }

    @Test
    void trialThatChangesManyDays_goesOnPageByPage() {
        for (int i = 100; i < 500; i++) {
            store.add(person("p" + i, true, MONDAY.atTime(8, 0), MONDAY.atTime(16, 0)));
        }
        List<String> found = new ArrayList<>();
        SheetPosition after = null;
        do {
            Page<ChangedMonth> page = trials.page(
                            new Trial("night", ShiftChange.Rules.NONE, Whose.EVERYBODY, WEEK, true, after, 1000))
                    .orElseThrow();
            assertThat(page.items().stream().mapToInt(one -> one.days().size()).sum())
                    .isLessThan(TryShift.MOST_DAYS + 7);
            page.items().forEach(one -> found.add(one.userId().value()));
            after = next(page.next());
        } while (after != null);

        assertThat(found).hasSize(400).doesNotHaveDuplicates().isSorted();
    }

    private List<ChangedMonth> trial(ShiftChange.Rules rules, boolean assigns) {
        return trial("early", rules, assigns);
    }

    private List<ChangedMonth> trial(String shift, ShiftChange.Rules rules, boolean assigns) {
        return trials.page(new Trial(shift, rules, Whose.EVERYBODY, WEEK, assigns, null, 10))
                .orElseThrow()
                .items();
    }
}
