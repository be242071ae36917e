package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Enrolled people in memory, in the order of their user ids, and the calls that changed something. For one thread. */
final class DirectoryInMemory implements PeopleDirectory {

    static final String MODEL = "face-embedder@test";
    static final Instant ENROLLED = Instant.parse("2026-11-22T08:00:00Z");

    private final TreeMap<String, EnrolledPerson> enrolled = new TreeMap<>();
    final List<Object> asked = new ArrayList<>();

    EnrolledPerson add(String userId) {
        return add(userId, "Name of " + userId, ENROLLED);
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
                .map(person -> new ListedName(person.userId(), person.profile().name()))
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
        return Optional.ofNullable(enrolled.get(userId.value())).map(person -> List.of());
    }

    @Override
    public TemplateDeletion deleteTemplate(UserId userId, long templateId, String modelId, Change by) {
        asked.add(List.of(templateId, modelId, by));
        return new TemplateDeletion.Deleted(0);
    }

    @Override
    public Optional<List<LookAlike>> lookAlikes(UserId userId) {
        return Optional.ofNullable(enrolled.get(userId.value())).map(person -> List.of());
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

    /** The store that belongs to a directory. */
    private record Store(DirectoryInMemory directory) implements PeopleStore {

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
        public Written enroll(NewTemplate template) {
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
