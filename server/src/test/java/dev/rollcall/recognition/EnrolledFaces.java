package dev.rollcall.recognition;

import dev.rollcall.engine.Embedding;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.TemplateChanges.ChangedPerson;
import dev.rollcall.people.TemplateChanges.NumberedTemplate;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * People and their templates in memory, as far as recognition and enrollment ask for them: templates have the ids 1, 2, 3
 * and so on. Not safe for use by several threads while it is written to.
 */
final class EnrolledFaces implements EnrollmentStore {

    private final List<Row> rows = new ArrayList<>();
    private final List<NewTemplate> written = new ArrayList<>();
    private final List<Long> comparedFrom = new ArrayList<>();
    private final List<UserId> withoutTemplates = new ArrayList<>();
    private final Set<UserId> inactive = new HashSet<>();
    private final Map<UserId, String> sites = new HashMap<>();
    private final Map<UserId, Set<UserId>> lookAlikes = new HashMap<>();
    private Runnable beforeNextWrite = () -> {};

    /** A template, or without an embedding the erasure of all templates of its owner before it. */
    private record Row(
            UserId owner, String modelId, @Nullable Embedding embedding, float quality) {

        Row(UserId owner, String modelId, @Nullable Embedding embedding) {
            this(owner, modelId, embedding, MadeUpFaces.NORM);
        }
    }

    /** Adds a template. */
    EnrolledFaces with(UserId owner, String modelId, Embedding embedding) {
        rows.add(new Row(owner, modelId, embedding));
        return this;
    }

    /** Adds a template of a quality. */
    EnrolledFaces with(UserId owner, String modelId, Embedding embedding, float quality) {
        rows.add(new Row(owner, modelId, embedding, quality));
        return this;
    }

    /** Erases a person. */
    void erase(UserId owner, String modelId) {
        rows.replaceAll(row -> row.owner().equals(owner) ? new Row(owner, modelId, null) : row);
        rows.add(new Row(owner, modelId, null));
    }

    /** Adds a person who has no template. */
    EnrolledFaces withoutTemplate(UserId owner) {
        withoutTemplates.add(owner);
        return this;
    }

    void deactivate(UserId owner) {
        inactive.add(owner);
    }

    /** Binds a person to a site. */
    void bind(UserId owner, String site) {
        sites.put(owner, site);
    }

    /** Declares that two people look alike. */
    void declareLookAlikes(UserId one, UserId other) {
        lookAlikes.computeIfAbsent(one, key -> new HashSet<>()).add(other);
        lookAlikes.computeIfAbsent(other, key -> new HashSet<>()).add(one);
    }

    /** Does something between the next comparison with all templates and the writing after it. */
    void beforeNextWrite(Runnable work) {
        beforeNextWrite = work;
    }

    /** What was written. */
    List<NewTemplate> written() {
        return List.copyOf(written);
    }

    /** Behind which ids templates were asked for. */
    List<Long> comparedFrom() {
        return List.copyOf(comparedFrom);
    }

    @Override
    public Optional<Person> find(UserId userId, String modelId) {
        List<Embedding> templates = rows.stream()
                .filter(row -> row.owner().equals(userId) && row.modelId().equals(modelId))
                .map(Row::embedding)
                .filter(Objects::nonNull)
                .toList();
        return templates.isEmpty() && !withoutTemplates.contains(userId)
                ? Optional.empty()
                : Optional.of(new Person(
                        userId,
                        "Name of " + userId,
                        !inactive.contains(userId),
                        sites.get(userId),
                        lookAlikes.getOrDefault(userId, Set.of()),
                        templates));
    }

    @Override
    public Written enroll(NewTemplate wanted) {
        Runnable before = beforeNextWrite;
        beforeNextWrite = () -> {};
        before.run();
        UserId userId = wanted.identity().userId();
        for (int id = (int) wanted.checkedUpTo() + 1; id <= rows.size(); id++) {
            if (rows.get(id - 1).embedding() != null
                    && !rows.get(id - 1).owner().equals(userId)) {
                return new Written.OtherTemplates();
            }
        }
        List<Long> own = templates(userId, wanted.template().modelId()).stream()
                .map(StoredTemplate::id)
                .toList();
        if (!wanted.keep().replace() && !own.equals(wanted.keep().seen())) {
            return new Written.OtherTemplates();
        }
        written.add(wanted);
        return new Written.Enrolled(written.size());
    }

    @Override
    public List<StoredTemplate> templates(UserId userId, String modelId) {
        List<StoredTemplate> templates = new ArrayList<>();
        for (int id = 1; id <= rows.size(); id++) {
            Row row = rows.get(id - 1);
            Embedding embedding = row.embedding();
            if (row.owner().equals(userId) && row.modelId().equals(modelId) && embedding != null) {
                templates.add(new StoredTemplate(id, embedding, row.quality(), Instant.EPOCH));
            }
        }
        return templates;
    }

    @Override
    public long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
        comparedFrom.add(afterId);
        long last = afterId;
        for (int id = (int) afterId + 1; id <= rows.size(); id++) {
            Row row = rows.get(id - 1);
            Embedding embedding = row.embedding();
            if (row.modelId().equals(modelId) && embedding != null) {
                visitor.accept(row.owner(), embedding);
                last = id;
            }
        }
        return last;
    }

    /** Each template is one change, with the number of its id. */
    @Override
    public TemplateChanges changesAfter(String modelId, long change, int limit) {
        List<ChangedPerson> changed = new ArrayList<>();
        rows.stream().skip(change).limit(limit).map(Row::owner).distinct().forEach(owner -> {
            List<NumberedTemplate> templates = new ArrayList<>();
            for (int id = 1; id <= rows.size(); id++) {
                Row row = rows.get(id - 1);
                Embedding embedding = row.embedding();
                if (row.owner().equals(owner) && row.modelId().equals(modelId) && embedding != null) {
                    templates.add(new NumberedTemplate(id, embedding));
                }
            }
            boolean active = !templates.isEmpty() && !inactive.contains(owner);
            changed.add(new ChangedPerson(owner, sites.get(owner), active, templates));
        });
        long last = Math.min(rows.size(), change + limit);
        return new TemplateChanges(last, 0, last == rows.size(), changed);
    }
}
