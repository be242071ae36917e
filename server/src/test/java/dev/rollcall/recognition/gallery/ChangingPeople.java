package dev.rollcall.recognition.gallery;

import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.TemplateChanges.ChangedPerson;
import dev.rollcall.people.TemplateChanges.NumberedTemplate;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** People in memory whose templates change, as far as the gallery asks for them. */
final class ChangingPeople implements EnrollmentStore {

    static final String MODEL = "face-embedder@test";

    /** People by the numbers of their last changes. */
    private final TreeMap<Long, ChangedPerson> changes = new TreeMap<>();

    private long last;
    private long forgotten;
    private long greatestId;
    private int reads;
    private int shown;
    private boolean reachable = true;

    /** Gives a person these templates and no others; none for a person who is erased. */
    void set(UserId userId, List<Embedding> templates) {
        set(userId, null, !templates.isEmpty(), templates);
    }

    /** Gives a person these templates and no others, a site (null for every site) and activity. */
    void set(UserId userId, @Nullable String site, boolean active, List<Embedding> templates) {
        changes.values().removeIf(person -> person.userId().equals(userId));
        List<NumberedTemplate> numbered = new ArrayList<>();
        for (Embedding template : templates) {
            numbered.add(new NumberedTemplate(++greatestId, template));
        }
        changes.put(++last, new ChangedPerson(userId, site, active, numbered));
    }

    /** No longer lists those who were erased. */
    void forgetErased() {
        for (Map.Entry<Long, ChangedPerson> change : List.copyOf(changes.entrySet())) {
            if (!change.getValue().active()) {
                changes.remove(change.getKey());
                forgotten = Math.max(forgotten, change.getKey());
            }
        }
    }

    void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    long greatestId() {
        return greatestId;
    }

    /** How often changes were read. */
    int reads() {
        return reads;
    }

    /** How many people were listed, again and again. */
    int shown() {
        return shown;
    }

    @Override
    public TemplateChanges changesAfter(String modelId, long change, int limit) {
        if (!reachable) {
            throw new StoreUnavailableException("away", true, null);
        }
        reads++;
        List<Map.Entry<Long, ChangedPerson>> later =
                changes.tailMap(change, false).entrySet().stream().limit(limit).toList();
        shown += later.size();
        long end = later.isEmpty() ? change : later.get(later.size() - 1).getKey();
        return new TemplateChanges(
                end,
                forgotten,
                later.size() < limit,
                later.stream().map(Map.Entry::getValue).toList());
    }

    @Override
    public Optional<Person> find(UserId userId, String modelId) {
        throw new UnsupportedOperationException("not called by the gallery");
    }

    @Override
    public List<StoredTemplate> templates(UserId userId, String modelId) {
        throw new UnsupportedOperationException("not called by the gallery");
    }

    @Override
    public Written enroll(NewTemplate template) {
        throw new UnsupportedOperationException("not called by the gallery");
    }

    @Override
    public long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
        throw new UnsupportedOperationException("not called by the gallery");
    }
}
