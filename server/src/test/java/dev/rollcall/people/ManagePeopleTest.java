package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.PeopleDirectory.Change;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PeopleDirectory.Declaring;
import dev.rollcall.people.PeopleDirectory.ListedName;
import dev.rollcall.people.PeopleDirectory.NamesQuery;
import dev.rollcall.people.PeopleDirectory.TemplateDeletion;
import dev.rollcall.people.PeopleOrder.Field;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PeopleStore.KeptMarks;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ManagePeopleTest {

    private static final String MODEL = DirectoryInMemory.MODEL;
    private static final Instant NOW = DirectoryInMemory.ENROLLED;
    private static final UserId NOBODY = new UserId("nobody");

    private final DirectoryInMemory directory = new DirectoryInMemory();
    private final ManagePeople people = manage(directory);

    @Property(tries = 100)
    void pages_haveEverybodyOnceInOrder(
            @ForAll @IntRange(max = 30) int persons,
            @ForAll @IntRange(min = 1, max = 12) int limit,
            @ForAll Field field,
            @ForAll boolean descending) {
        DirectoryInMemory many = new DirectoryInMemory();
        for (int i = 0; i < persons; i++) {
            many.add("u" + (100 + i * 37 % 100), "Name " + i % 4, NOW.plusNanos(i % 3 * 1000L));
        }
        PeopleOrder order = new PeopleOrder(field, descending);

        List<EnrolledPerson> seen = new ArrayList<>();
        PeoplePosition after = null;
        Optional<Cursor> next;
        do {
            Page<EnrolledPerson> page = manage(many).page(new PeopleQuery(PeopleQuery.EVERYBODY, order, after, limit));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            seen.addAll(page.items());
            next = page.next().flatMap(cursor -> Cursor.parse(cursor.text()));
            assertThat(next.isEmpty() || page.items().size() == limit).isTrue();
            after = next.map(cursor -> order.position(cursor).orElseThrow()).orElse(null);
        } while (next.isPresent());

        assertThat(seen).containsExactlyElementsOf(many.sorted(order));
    }

    @Test
    void lastPageThatIsFull_hasNoNext() {
        directory.add("a");
        directory.add("b");

        assertThat(people.page(first(2)).next()).isEmpty();
        assertThat(people.page(first(1)).next()).contains(new Cursor("a"));
    }

    private static PeopleQuery first(int limit) {
        return new PeopleQuery(PeopleQuery.EVERYBODY, PeopleOrder.BY_USER_ID, null, limit);
    }

    @Test
    void names_areListedPageByPage() {
        directory.add("a");
        directory.add("b");
        directory.add("c");

        Page<ListedName> first = people.names(new NamesQuery("default", null, null, 2));
        Page<ListedName> second = people.names(new NamesQuery("default", null, new UserId("b"), 2));

        assertThat(first.items()).extracting(name -> name.userId().value()).containsExactly("a", "b");
        assertThat(first.next()).contains(new Cursor("b"));
        assertThat(second.items()).containsExactly(new ListedName(new UserId("c"), "Name of c"));
        assertThat(second.next()).isEmpty();
        assertThat(people.count(PeopleQuery.EVERYBODY)).isEqualTo(3);
    }

    @Test
    void person_isReadChangedAndRidOfATemplateByTheModelInUseAndTheClock() {
        EnrolledPerson ann = directory.add("ann");
        PersonChange change = new PersonChange(null, null, null, false, null);

        assertThat(people.read(ann.userId())).contains(ann);
        assertThat(people.read(NOBODY)).isEmpty();
        assertThat(people.change(ann.userId(), change, Caller.COMMAND_LINE)).isEqualTo(new Changing.Changed(ann));
        assertThat(people.deleteTemplate(ann.userId(), 7, Caller.COMMAND_LINE))
                .isEqualTo(new TemplateDeletion.Deleted(0));
        Change now = new Change(NOW, Caller.COMMAND_LINE);
        assertThat(directory.asked).containsExactly(List.of(change, MODEL, now), List.of(7L, MODEL, now));
    }

    @Test
    void erasure_isAskedForWithTheRuleOfKeptMarksAndTheMoment() {
        EnrolledPerson ann = directory.add("ann");

        assertThat(people.erase(ann.userId(), Caller.COMMAND_LINE)).contains(new Erasure(1, 0, 0, 0, 1));
        assertThat(people.erase(NOBODY, Caller.COMMAND_LINE)).isEmpty();
        assertThat(directory.asked)
                .containsExactly(
                        List.of(NOW, KeptMarks.PSEUDONYMISE, Caller.COMMAND_LINE),
                        List.of(NOW, KeptMarks.PSEUDONYMISE, Caller.COMMAND_LINE));
    }

    @Test
    void export_isWhatTheStoreHolds() {
        EnrolledPerson ann = directory.add("ann");

        assertThat(people.export(ann.userId(), Caller.COMMAND_LINE)).contains("{\"user_id\":\"ann\"}");
        assertThat(people.export(NOBODY, Caller.COMMAND_LINE)).isEmpty();
        assertThat(directory.asked).contains(List.of(NOW, Caller.COMMAND_LINE));
    }

    private static ManagePeople manage(DirectoryInMemory directory) {
        return new ManagePeople(
                directory.store(), directory, MODEL, KeptMarks.PSEUDONYMISE, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void person_isNoLookAlikeOfTheSamePerson() {
        EnrolledPerson ann = directory.add("ann");

        assertThat(people.declareLookAlikes(ann.userId(), ann.userId(), Caller.COMMAND_LINE))
                .isEqualTo(new Declaring.SamePerson());
        assertThat(directory.asked).isEmpty();

        people.declareLookAlikes(ann.userId(), NOBODY, Caller.COMMAND_LINE);
        people.withdrawLookAlikes(ann.userId(), NOBODY, Caller.COMMAND_LINE);
        List<Object> call = List.of(ann.userId(), NOBODY, new Change(NOW, Caller.COMMAND_LINE));
        assertThat(directory.asked).containsExactly(call, call);
    }
}
