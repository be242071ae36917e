package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.KeptAnswer.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores in memory for one person, as far as recognition asks them: every mark is written, answers are kept for ever.
 * Safe for use by several threads.
 */
final class RecognitionStores implements AttendanceStore, AnswerStore {

    private final Map<String, KeptAnswer> kept = new HashMap<>();
    private final List<Match> matches = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<AuditStore.Event> noted = new ArrayList<>();

    synchronized int marks() {
        return marks.size();
    }

    /** The codes of the refusals that were noted. */
    synchronized List<Object> noted() {
        return noted.stream().map(event -> event.details().get("code")).toList();
    }

    @Override
    public synchronized Marking mark(MarkRequest request, AttendancePolicy policy) {
        Once once = request.once();
        if (once != null && kept.containsKey(once.key())) {
            return new Marking.Repeated();
        }
        int number = marks.size() + 1;
        Mark mark = new Mark(number, request.at(), policy.workDate(request.at()), number, Direction.IN);
        marks.add(mark);
        MarkDecision decision = new MarkDecision.Marked(mark, policy.maxPerDay() - number);
        if (once != null) {
            Content content = new Content.Decided(matches.get(Integer.parseInt(once.answer())), decision);
            kept.put(once.key(), new KeptAnswer(once.fingerprint(), content));
        }
        return new Marking.Decided(decision);
    }

    @Override
    public synchronized String text(Match match) {
        matches.add(match);
        return Integer.toString(matches.size() - 1);
    }

    @Override
    public synchronized Optional<KeptAnswer> find(String key, Instant now) {
        return Optional.ofNullable(kept.get(key));
    }

    @Override
    public synchronized Keeping keep(Attempt attempt, UserId userId, Refusal refusal, Instant now) {
        KeptAnswer answer = new KeptAnswer(attempt.fingerprint(), new Content.Refused(refusal));
        KeptAnswer before = kept.putIfAbsent(attempt.key(), answer);
        return before == null ? new Keeping(answer, false) : new Keeping(before, true);
    }

    @Override
    public List<MarkOfPerson> list(AttendanceStore.Query query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Instant> newestEntry() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int sweep(Instant now) {
        throw new UnsupportedOperationException();
    }

    private synchronized void note(AuditStore.Event event) {
        noted.add(event);
    }

    /** A log of refusals. */
    AuditStore audit() {
        return new AuditStore() {
            @Override
            public void append(Event event) {
                note(event);
            }

            @Override
            public List<Entry> list(AuditStore.Query query) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Chain> chains() {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Link> links(String chain, long after) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Stray> strays() {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Guard> guards() {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** The one person who is enrolled. */
    record OnePerson(UserId userId, Embedding template) implements PeopleStore {

        @Override
        public Optional<Person> find(UserId wanted, String modelId) {
            return wanted.equals(userId)
                    ? Optional.of(new Person(userId, "Name of " + userId, List.of(template)))
                    : Optional.empty();
        }

        @Override
        public OptionalInt enroll(NewTemplate wanted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<EnrolledPerson> list(String modelId, @Nullable UserId after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<EnrolledPerson> read(UserId wanted, String modelId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Erasure> erase(UserId wanted, Instant at, KeptMarks kept, Caller caller) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> export(UserId wanted, Instant at, Caller caller) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Held count() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long reseal(Instant at, Caller caller) {
            throw new UnsupportedOperationException();
        }
    }
}
