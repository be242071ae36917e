package dev.rollcall.recognition.bulk;

import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.TemplateChanges.ChangedPerson;
import dev.rollcall.people.TemplateChanges.NumberedTemplate;
import dev.rollcall.people.UserId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The people of another store, and those who were enrolled in a trial run: these are kept in memory, outside of the Java heap,
 * and the other store is only read. Safe for use by several threads.
 */
public final class TrialPeople implements PeopleStore {

    /** Greater than every number that a database has given; the trial's own changes and ids of templates follow. */
    private static final long FIRST = 1L << 40;

    private static final int BLOCK = 1024;

    private final PeopleStore stored;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final List<UserId> owners = new ArrayList<>();
    private final Map<String, List<Integer>> places = new TreeMap<>();

    public TrialPeople(PeopleStore stored) {
        this.stored = stored;
    }

    @Override
    public synchronized OptionalInt enroll(NewTemplate template) {
        UserId userId = template.identity().userId();
        for (int i = (int) Math.max(0, template.checkedUpTo() + 1 - FIRST); i < owners.size(); i++) {
            if (!owners.get(i).equals(userId)) {
                return OptionalInt.empty();
            }
        }
        int place = owners.size();
        if (place % BLOCK == 0) {
            blocks.add(ByteBuffer.allocateDirect(BLOCK * Embedding.STORED_BYTES));
        }
        int start = place % BLOCK * Embedding.STORED_BYTES;
        blocks.get(place / BLOCK).put(start, template.template().embedding().toBytes());
        owners.add(userId);
        List<Integer> own = places.computeIfAbsent(userId.value(), id -> new ArrayList<>(1));
        own.add(place);
        return OptionalInt.of(Math.min(own.size(), template.keep().maxTemplates()));
    }

    @Override
    public synchronized Optional<Person> find(UserId userId, String modelId) {
        Optional<Person> known = stored.find(userId, modelId);
        List<Integer> own = places.get(userId.value());
        if (own == null) {
            return known;
        }
        List<Embedding> templates = new ArrayList<>(known.map(Person::templates).orElse(List.of()));
        own.forEach(place -> templates.add(template(place)));
        return Optional.of(new Person(userId, known.map(Person::name).orElse(userId.value()), templates));
    }

    private Embedding template(int place) {
        byte[] bytes = new byte[Embedding.STORED_BYTES];
        blocks.get(place / BLOCK).get(place % BLOCK * Embedding.STORED_BYTES, bytes);
        return Embedding.fromBytes(bytes);
    }

    /** The changes of the other store, and behind them those of the trial. */
    @Override
    public synchronized TemplateChanges changesAfter(String modelId, long change, int limit) {
        if (change < FIRST) {
            TemplateChanges changes = stored.changesAfter(modelId, change, limit);
            if (!changes.complete() || owners.isEmpty()) {
                return changes;
            }
            return new TemplateChanges(FIRST, changes.forgotten(), false, changes.people());
        }
        int from = (int) (change - FIRST);
        int to = Math.min(owners.size(), from + limit);
        Set<UserId> changed = new LinkedHashSet<>(owners.subList(from, to));
        List<ChangedPerson> people = new ArrayList<>();
        for (UserId userId : changed) {
            people.add(new ChangedPerson(userId, null, true, numbered(userId, modelId)));
        }
        return new TemplateChanges(FIRST + to, 0, to == owners.size(), people);
    }

    private List<NumberedTemplate> numbered(UserId userId, String modelId) {
        List<NumberedTemplate> templates = new ArrayList<>();
        stored.find(userId, modelId)
                .map(Person::templates)
                .orElse(List.of())
                .forEach(template -> templates.add(new NumberedTemplate(0, template)));
        for (int place : places.getOrDefault(userId.value(), List.of())) {
            templates.add(new NumberedTemplate(FIRST + place, template(place)));
        }
        return templates;
    }

    @Override
    public long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
        throw new UnsupportedOperationException("a trial run reads all templates into the gallery first");
    }

    @Override
    public List<EnrolledPerson> list(String modelId, @Nullable UserId after, int limit) {
        return stored.list(modelId, after, limit);
    }

    @Override
    public Optional<EnrolledPerson> read(UserId userId, String modelId) {
        return stored.read(userId, modelId);
    }

    @Override
    public Optional<Erasure> erase(UserId userId, Instant at, KeptMarks kept, Caller caller) {
        throw readOnly();
    }

    @Override
    public Optional<String> export(UserId userId, Instant at, Caller caller) {
        throw readOnly();
    }

    @Override
    public Held count() {
        return stored.count();
    }

    @Override
    public long reseal(Instant at, Caller caller) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("a trial run writes nothing");
    }
}
