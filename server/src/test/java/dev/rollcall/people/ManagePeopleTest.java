package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PeopleStore.KeptMarks;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManagePeopleTest {

    private static final String MODEL = "face-embedder@test";
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UserId NOBODY = new UserId("nobody");

    private final Directory directory = new Directory();
    private final ManagePeople people =
            new ManagePeople(directory, MODEL, KeptMarks.PSEUDONYMISE, Clock.fixed(NOW, ZoneOffset.UTC));

    @Property(tries = 100)
    void pages_haveEverybodyOnceInOrder(
            @ForAll @IntRange(max = 30) int persons, @ForAll @IntRange(min = 1, max = 12) int limit) {
        Directory many = new Directory();
        for (int i = 0; i < persons; i++) {
            many.add("u" + (100 + i * 37 % 100));
        }
        ManagePeople manage = new ManagePeople(many, MODEL, KeptMarks.KEEP, Clock.systemUTC());

        List<EnrolledPerson> seen = new ArrayList<>();
        UserId after = null;
        Optional<Cursor> next;
        do {
            Page<EnrolledPerson> page = manage.page(after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            seen.addAll(page.items());
            next = page.next();
            assertThat(next.isEmpty() || page.items().size() == limit).isTrue();
            after = next.map(cursor -> new UserId(cursor.key())).orElse(null);
        } while (next.isPresent());

        assertThat(seen).containsExactlyElementsOf(many.enrolled.values());
    }

    @Test
    void lastPageThatIsFull_hasNoNext() {
        directory.add("a");
        directory.add("b");

        assertThat(people.page(null, 2).next()).isEmpty();
        assertThat(people.page(null, 1).next()).contains(new Cursor("a"));
    }

    @Test
    void pageOfOne_hasThatOneOrNobody() {
        EnrolledPerson ann = directory.add("ann");

        assertThat(people.pageOf(ann.userId())).isEqualTo(new Page<>(List.of(ann), Optional.empty()));
        assertThat(people.pageOf(NOBODY)).isEqualTo(new Page<>(List.of(), Optional.empty()));
        assertThat(people.read(ann.userId())).contains(ann);
        assertThat(people.read(NOBODY)).isEmpty();
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

    /** Enrolled people in memory, in the order of their user ids. */
    private static final class Directory implements PeopleStore {

        private final TreeMap<String, EnrolledPerson> enrolled = new TreeMap<>();
        private final List<Object> asked = new ArrayList<>();

        EnrolledPerson add(String userId) {
            EnrolledPerson person = new EnrolledPerson(new UserId(userId), "Name of " + userId, NOW, NOW, null, 1);
            enrolled.put(userId, person);
            return person;
        }

        @Override
        public List<EnrolledPerson> list(String modelId, @Nullable UserId after, int limit) {
            assertThat(modelId).isEqualTo(MODEL);
            return (after == null ? enrolled : enrolled.tailMap(after.value(), false))
                    .values().stream().limit(limit).toList();
        }

        @Override
        public Optional<EnrolledPerson> read(UserId userId, String modelId) {
            assertThat(modelId).isEqualTo(MODEL);
            return Optional.ofNullable(enrolled.get(userId.value()));
        }

        @Override
        public Optional<Erasure> erase(UserId userId, Instant at, KeptMarks kept, Caller caller) {
            asked.add(List.of(at, kept, caller));
            return enrolled.containsKey(userId.value()) ? Optional.of(new Erasure(1, 0, 0, 0, 1)) : Optional.empty();
        }

        @Override
        public Optional<String> export(UserId userId, Instant at, Caller caller) {
            asked.add(List.of(at, caller));
            return Optional.ofNullable(enrolled.get(userId.value()))
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
