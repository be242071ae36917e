package dev.rollcall.recognition.gallery;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.TemplateChanges.ChangedPerson;
import dev.rollcall.people.TemplateChanges.NumberedTemplate;
import dev.rollcall.people.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The templates of all people of one model, in memory, as they are in the store: after {@link #load} it reads what changed
 * since, whoever changed it. Safe for use by several threads.
 */
public final class Gallery implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Gallery.class);
    private static final int PEOPLE_AT_ONCE = 250;
    private static final int FIRST_PEOPLE = 64;

    /** Stands for every site in the counts of templates. */
    private static final String EVERY_SITE = "";

    private final EnrollmentStore people;
    private final String modelId;
    private final TemplateIndex index;
    private final Map<UserId, Member> members = new ConcurrentHashMap<>();
    private final Map<String, Size> sizes = new ConcurrentHashMap<>();
    private volatile @Nullable Member[] byOwner = new Member[FIRST_PEOPLE];
    private int owners;
    private long lastChange;
    private long forgotten;
    private long greatestId;
    private volatile long completeUpTo;
    private volatile boolean ready;

    /**
     * Creates a gallery without templates.
     *
     * @param index an empty index, which this closes
     */
    public Gallery(EnrollmentStore people, String modelId, TemplateIndex index) {
        this.people = people;
        this.modelId = modelId;
        this.index = index;
    }

    /**
     * A person and how similar a face is.
     *
     * @param similarity cosine, −1…1, to the most similar template
     */
    public record Found(UserId userId, double similarity) {}

    /** Numbers of people and of their templates. */
    public record Size(int people, int templates) {

        static final Size NONE = new Size(0, 0);

        private Size plus(Size more) {
            return new Size(people + more.people, templates + more.templates);
        }
    }

    /** A person in the index; {@code slots} are the places of the person's templates there. */
    private static final class Member {

        private final UserId userId;
        private final int owner;
        private int[] slots = {};
        private volatile @Nullable String site;
        private volatile boolean active;

        private Member(UserId userId, int owner) {
            this.userId = userId;
            this.owner = owner;
        }

        private boolean isFoundAt(String where) {
            String bound = site;
            return active && (bound == null || bound.equals(where));
        }
    }

    /**
     * Reads everything that the store has, or what has changed since.
     *
     * @throws StoreUnavailableException if the store can't be reached; what was read so far stays
     */
    public synchronized void load() {
        TemplateChanges changes;
        do {
            changes = people.changesAfter(modelId, lastChange, PEOPLE_AT_ONCE);
            if (hasMissed(changes)) {
                startAgain();
                changes = people.changesAfter(modelId, 0, PEOPLE_AT_ONCE);
            }
            forgotten = changes.forgotten();
            changes.people().forEach(this::put);
            lastChange = changes.last();
        } while (!changes.complete());
        completeUpTo = greatestId;
        ready = true;
    }

    /**
     * Reads what has changed, once everything has been read; until then {@link #load} will read it.
     *
     * @throws StoreUnavailableException if the store can't be reached
     */
    public void catchUp() {
        if (ready) {
            load();
        }
    }

    /** Reads what has changed, if the store can be reached; otherwise the next {@link #load} will read it. */
    public void catchUpIfPossible() {
        try {
            catchUp();
        } catch (StoreUnavailableException e) {
            LOG.debugf("the gallery is brought up to date later: %s", e.getMessage());
        }
    }

    /** Whether people were erased so long ago that the store no longer lists it, and after the last change that was read. */
    private boolean hasMissed(TemplateChanges changes) {
        return lastChange > 0 && changes.forgotten() > Math.max(forgotten, lastChange);
    }

    private void startAgain() {
        ready = false;
        members.values().forEach(this::removeTemplates);
        members.clear();
        sizes.clear();
        Arrays.fill(byOwner, null);
        lastChange = 0;
        greatestId = 0;
    }

    /** Replaces a person's templates; the new ones are found before the old ones are not. */
    private void put(ChangedPerson person) {
        Member known = members.get(person.userId());
        if (person.templates().isEmpty()) {
            if (known != null) {
                count(known, -known.slots.length);
                removeTemplates(known);
                members.remove(person.userId());
                byOwner[known.owner] = null;
            }
            return;
        }
        Member member = known == null ? newMember(person.userId()) : known;
        int[] before = member.slots;
        count(member, -before.length);
        member.active = person.active();
        member.site = person.site();
        int[] slots = new int[person.templates().size()];
        for (int i = 0; i < slots.length; i++) {
            NumberedTemplate template = person.templates().get(i);
            slots[i] = index.add(member.owner, template.embedding());
            greatestId = Math.max(greatestId, template.id());
        }
        member.slots = slots;
        count(member, slots.length);
        for (int slot : before) {
            index.remove(slot);
        }
    }

    /** Adds to the numbers of active people and their templates at the member's site; negative to subtract. */
    private void count(Member member, int templates) {
        if (member.active) {
            String site = member.site;
            Size more = new Size(Integer.signum(templates), templates);
            sizes.merge(site == null ? EVERY_SITE : site, more, Size::plus);
        }
    }

    private Member newMember(UserId userId) {
        if (owners == byOwner.length) {
            byOwner = Arrays.copyOf(byOwner, owners * 2);
        }
        Member member = new Member(userId, owners);
        byOwner[owners++] = member;
        members.put(userId, member);
        return member;
    }

    private void removeTemplates(Member member) {
        for (int slot : member.slots) {
            index.remove(slot);
        }
    }

    /** Whether everything has been read, so that searches find everybody. */
    public boolean isReady() {
        return ready;
    }

    /** The id up to which all templates of the store are here, or have been removed from the store. */
    public long completeUpTo() {
        return completeUpTo;
    }

    /** The number of templates. */
    public int size() {
        return index.size();
    }

    /** The numbers of active people who are found at a site, and of their templates. */
    public Size sizeAt(String site) {
        return sizes.getOrDefault(EVERY_SITE, Size.NONE).plus(sizes.getOrDefault(site, Size.NONE));
    }

    /**
     * The active people at a site whose templates are most similar to a face, most similar first.
     *
     * @param most most people, at least 1
     */
    public List<Found> nearest(Embedding face, String site, int most) {
        return search(face, most, owner -> isFoundAt(owner, site));
    }

    private boolean isFoundAt(int owner, String site) {
        Member member = byOwner[owner];
        return member != null && member.isFoundAt(site);
    }

    /** The other person, active or not and of any site, whose templates are most similar to a face; empty if there is none. */
    public Optional<Found> nearestOther(Embedding face, UserId except) {
        Member excepted = members.get(except);
        int owner = excepted == null ? -1 : excepted.owner;
        return search(face, 1, other -> other != owner && byOwner[other] != null).stream()
                .findFirst();
    }

    /** Searches, again if somebody who was found is removed meanwhile, so that the next person takes that place. */
    private List<Found> search(Embedding face, int most, IntPredicate eligible) {
        List<Found> found;
        List<TemplateIndex.Nearest> nearest;
        do {
            nearest = index.nearest(face, most, eligible);
            found = nearest.stream().flatMap(one -> found(one).stream()).toList();
        } while (found.size() < nearest.size());
        return found;
    }

    private Optional<Found> found(TemplateIndex.Nearest nearest) {
        Member member = byOwner[nearest.owner()];
        return member == null ? Optional.empty() : Optional.of(new Found(member.userId, nearest.similarity()));
    }

    @Override
    public synchronized void close() {
        ready = false;
        index.close();
    }
}
