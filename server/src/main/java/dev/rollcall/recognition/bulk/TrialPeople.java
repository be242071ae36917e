package dev.rollcall.recognition.bulk;

import dev.rollcall.engine.Embedding;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.TemplateChanges.ChangedPerson;
import dev.rollcall.people.TemplateChanges.NumberedTemplate;
import dev.rollcall.people.UserId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The people of another store, and those who were enrolled in a trial run: these are kept in memory, outside of the Java heap,
 * and the other store is only read. Safe for use by several threads.
 */
public final class TrialPeople implements EnrollmentStore {

    /** Greater than every number that a database has given; the trial's own changes and ids of templates follow. */
    private static final long FIRST = 1L << 40;

    private static final int BLOCK = 1024;

    private final EnrollmentStore stored;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final List<UserId> owners = new ArrayList<>();
    private final Map<String, Trial> trials = new TreeMap<>();

    public TrialPeople(EnrollmentStore stored) {
        this.stored = stored;
    }

    /** What the trial changed about a person: templates that it added, and ids of templates that it removed. */
    private static final class Trial {

        private final List<Added> added = new ArrayList<>(1);
        private final Set<Long> removed = new HashSet<>();
    }

    /** A template of the trial; {@code place} is where its embedding lies. */
    private record Added(int place, float quality, Instant at) {}

    @Override
    public synchronized Written enroll(NewTemplate template) {
        UserId userId = template.identity().userId();
        for (int i = (int) Math.max(0, template.checkedUpTo() + 1 - FIRST); i < owners.size(); i++) {
            if (!owners.get(i).equals(userId)) {
                return new Written.OtherTemplates();
            }
        }
        List<Long> present = templates(userId, template.template().modelId()).stream()
                .map(StoredTemplate::id)
                .toList();
        if (!template.keep().replace() && !present.equals(template.keep().seen())) {
            return new Written.OtherTemplates();
        }
        Trial trial = trials.computeIfAbsent(userId.value(), id -> new Trial());
        trial.removed.addAll(
                template.keep().replace() ? present : template.keep().removed());
        trial.added.add(new Added(
                place(template),
                template.template().quality(),
                template.template().at()));
        return new Written.Enrolled(
                templates(userId, template.template().modelId()).size());
    }

    /** Stores an embedding; returns its place. */
    private int place(NewTemplate template) {
        int place = owners.size();
        if (place % BLOCK == 0) {
            blocks.add(ByteBuffer.allocateDirect(BLOCK * Embedding.STORED_BYTES));
        }
        int start = place % BLOCK * Embedding.STORED_BYTES;
        blocks.get(place / BLOCK).put(start, template.template().embedding().toBytes());
        owners.add(template.identity().userId());
        return place;
    }

    @Override
    public synchronized List<StoredTemplate> templates(UserId userId, String modelId) {
        List<StoredTemplate> templates = new ArrayList<>(stored.templates(userId, modelId));
        Trial trial = trials.get(userId.value());
        if (trial != null) {
            trial.added.forEach(added -> templates.add(
                    new StoredTemplate(FIRST + added.place(), template(added.place()), added.quality(), added.at())));
            templates.removeIf(template -> trial.removed.contains(template.id()));
        }
        return templates;
    }

    @Override
    public synchronized Optional<Person> find(UserId userId, String modelId) {
        Optional<Person> known = stored.find(userId, modelId);
        if (!trials.containsKey(userId.value())) {
            return known;
        }
        List<Embedding> templates = templates(userId, modelId).stream()
                .map(StoredTemplate::embedding)
                .toList();
        return Optional.of(known.map(person -> new Person(
                        userId, person.name(), person.active(), person.site(), person.lookAlikes(), templates))
                .orElseGet(() -> new Person(userId, userId.value(), true, null, Set.of(), templates)));
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
        return templates(userId, modelId).stream()
                .map(template -> new NumberedTemplate(template.id(), template.embedding()))
                .toList();
    }

    /** The templates of the other store, and behind them those of the trial. */
    @Override
    public synchronized long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
        long last = afterId;
        if (afterId < FIRST) {
            last = stored.forEachTemplate(modelId, afterId, visitor);
        }
        for (int place = (int) Math.max(0, afterId + 1 - FIRST); place < owners.size(); place++) {
            visitor.accept(owners.get(place), template(place));
            last = FIRST + place;
        }
        return last;
    }
}
