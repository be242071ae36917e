package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.PeopleDirectory.Change;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PeopleDirectory.Declaring;
import dev.rollcall.people.PeopleDirectory.ListedName;
import dev.rollcall.people.PeopleDirectory.LookAlike;
import dev.rollcall.people.PeopleDirectory.NamesQuery;
import dev.rollcall.people.PeopleDirectory.TemplateDeletion;
import dev.rollcall.people.PeopleOrder.Field;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PeopleStore.Profile;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ManagePeopleTest {

    private static final String MODEL = "face-embedder@test";
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UserId NOBODY = new UserId("nobody");

    private final Directory directory = new Directory();
    private final ManagePeople people = manage(directory);

    @Property(tries = 100)
    void pages_haveEverybodyOnceInOrder(
            @ForAll @IntRange(max = 30) int persons,
            @ForAll @IntRange(min = 1, max = 12) int limit,
            @ForAll Field field,
            @ForAll boolean descending) {
        Directory many = new Directory();
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

    private static ManagePeople manage(Directory directory) {
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

    /** Enrolled people in memory, in the order of their user ids. */
    private static final class Directory implements PeopleDirectory {

        private final TreeMap<String, EnrolledPerson> enrolled = new TreeMap<>();
        private final List<Object> asked = new ArrayList<>();

        EnrolledPerson add(String userId) {
            return add(userId, "Name of " + userId, NOW);
        }

        EnrolledPerson add(String userId, String name, Instant at) {
            EnrolledPerson person =
                    new EnrolledPerson(new UserId(userId), new Profile(name, null, null, true, null), at, at, null, 1);
            enrolled.put(userId, person);
            return person;
        }

        List<EnrolledPerson> sorted(PeopleOrder order) {
            return enrolled.values().stream().sorted(comparator(order)).toList();
        }

        private static Comparator<EnrolledPerson> comparator(PeopleOrder order) {
            Comparator<EnrolledPerson> ascending = Comparator.comparing(
                            (EnrolledPerson person) -> value(person, order.field()))
                    .thenComparing(person -> person.userId().value());
            return order.descending() ? ascending.reversed() : ascending;
        }

        private static String value(EnrolledPerson person, Field field) {
            return switch (field) {
                case USER_ID -> "";
                case NAME -> person.profile().name();
                case CREATED_AT -> person.createdAt().toString();
                case UPDATED_AT -> person.updatedAt().toString();
            };
        }

        @Override
        public long count(PeopleQuery.Filter filter, String modelId) {
            assertThat(modelId).isEqualTo(MODEL);
            return filter.equals(PeopleQuery.EVERYBODY) ? enrolled.size() : 0;
        }

        @Override
        public List<ListedName> names(NamesQuery query) {
            UserId after = query.after();
            return enrolled.tailMap(after == null ? "" : after.value(), after == null).values().stream()
                    .limit(query.limit())
                    .map(person ->
                            new ListedName(person.userId(), person.profile().name()))
                    .toList();
        }

        @Override
        public List<EnrolledPerson> list(PeopleQuery query, String modelId) {
            assertThat(modelId).isEqualTo(MODEL);
            PeoplePosition after = query.after();
            List<EnrolledPerson> all = sorted(query.order());
            List<EnrolledPerson> rest = all;
            if (after != null) {
                EnrolledPerson last =
                        Objects.requireNonNull(enrolled.get(after.userId().value()));
                assertThat(after.value()).isEqualTo(value(last, query.order().field()));
                rest = all.subList(all.indexOf(last) + 1, all.size());
            }
            return rest.stream().limit(query.limit()).toList();
        }

        @Override
        public Optional<EnrolledPerson> read(UserId userId, String modelId) {
            assertThat(modelId).isEqualTo(MODEL);
            return Optional.ofNullable(enrolled.get(userId.value()));
        }

        @Override
        public Changing change(UserId userId, PersonChange change, String modelId, Change by) {
            asked.add(List.of(change, modelId, by));
            return new Changing.Changed(read(userId, modelId).orElseThrow());
        }

        @Override
        public Optional<List<ListedTemplate>> templates(UserId userId) {
            throw new UnsupportedOperationException("not called by these tests");
        }

        @Override
        public TemplateDeletion deleteTemplate(UserId userId, long templateId, String modelId, Change by) {
            asked.add(List.of(templateId, modelId, by));
            return new TemplateDeletion.Deleted(0);
        }

        @Override
        public Optional<List<LookAlike>> lookAlikes(UserId userId) {
            throw new UnsupportedOperationException("not called by these tests");
        }

        @Override
        public Declaring declareLookAlikes(UserId userId, UserId other, Change by) {
            asked.add(List.of(userId, other, by));
            return new Declaring.Declared(List.of());
        }

        @Override
        public Optional<List<LookAlike>> withdrawLookAlikes(UserId userId, UserId other, Change by) {
            asked.add(List.of(userId, other, by));
            return Optional.of(List.of());
        }

        PeopleStore store() {
            return new Store(this);
        }
    }

    /** The store that belongs to a directory. */
    private record Store(Directory directory) implements PeopleStore {

        @Override
        public Optional<Erasure> erase(UserId userId, Instant at, KeptMarks kept, Caller caller) {
            directory.asked.add(List.of(at, kept, caller));
            return directory.enrolled.containsKey(userId.value())
                    ? Optional.of(new Erasure(1, 0, 0, 0, 1))
                    : Optional.empty();
        }

        @Override
        public Optional<String> export(UserId userId, Instant at, Caller caller) {
            directory.asked.add(List.of(at, caller));
            return Optional.ofNullable(directory.enrolled.get(userId.value()))
                    .map(person -> "{\"user_id\":\"" + person.userId() + "\"}");
        }

        @Override
        public Optional<Person> find(UserId userId, String modelId) {
            throw new UnsupportedOperationException("not called by ManagePeople");
        }

        @Override
        public List<StoredTemplate> templates(UserId userId, String modelId) {
            throw new UnsupportedOperationException("not called by ManagePeople");
        }

        @Override
        public OptionalInt enroll(NewTemplate template) {
            throw new UnsupportedOperationException("not called by ManagePeople");
        }

        @Override
        public long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
            throw new UnsupportedOperationException("not called by ManagePeople");
        }

        @Override
        public TemplateChanges changesAfter(String modelId, long change, int limit) {
            throw new UnsupportedOperationException("not called by ManagePeople");
        }

        @Override
        public Held count() {
            throw new UnsupportedOperationException("not called by ManagePeople");
        }

        @Override
        public long reseal(Instant at, Caller caller) {
            throw new UnsupportedOperationException("not called by ManagePeople");
        }
    }
}
