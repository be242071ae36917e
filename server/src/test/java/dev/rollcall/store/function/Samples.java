package dev.rollcall.store.function;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.Evidence;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Once;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Liveness;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.EnrollmentStore.Keep;
import dev.rollcall.people.EnrollmentStore.NewTemplate;
import dev.rollcall.people.EnrollmentStore.StoredTemplate;
import dev.rollcall.people.EnrollmentStore.Template;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.Match;
import dev.rollcall.recognition.Rival;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values for the contracts of the stores. */
final class Samples {

    static final String MODEL = "face-embedder@test";
    static final Instant MORNING = Instant.parse("2026-11-22T08:00:00.123456Z");
    static final Caller CALLER = new Caller("key-of-tests", "request-1", "192.0.2.1", "gate-2");
    static final ZoneId UTC = ZoneId.of("UTC");
    static final AttendancePolicy TWO_A_DAY = new AttendancePolicy(2, Duration.ZERO, UTC);

    private static final long NO_LIMIT_OF_CHECKS = Long.MAX_VALUE;
    private static final Random KEYS = new Random();

    private Samples() {}

    static UserId newUserId() {
        return new UserId("u-" + UUID.randomUUID());
    }

    static Match match(UserId userId) {
        return new Match(userId, "Ann", 0.9, 0.61, 0.8, new Liveness(0.7, 0.5), new Rival(0.1, 0.11), false);
    }

    static MarkRequest request(UserId userId, Instant at) {
        return request(match(userId), at, null);
    }

    static MarkRequest request(Match match, Instant at, @Nullable Attempt attempt) {
        Liveness liveness = match.liveness();
        return new MarkRequest(
                match.userId(),
                at,
                new Origin(ApiKey.DEFAULT_SITE, CALLER.keyId(), Source.DEVICE),
                new Evidence(match.confidence(), match.similarity(), liveness == null ? null : liveness.score(), null),
                null,
                attempt == null
                        ? null
                        : new Once(
                                attempt.key(),
                                attempt.fingerprint(),
                                at.plus(KeptAnswer.LIFETIME),
                                Json.json(match).toString()));
    }

    /** A mark of a device that had no connection. */
    static MarkRequest late(UserId userId, Instant capturedAt, Instant receivedAt) {
        MarkRequest plain = request(userId, capturedAt);
        return new MarkRequest(
                userId,
                capturedAt,
                new Origin(ApiKey.DEFAULT_SITE, CALLER.keyId(), Source.LATE),
                plain.evidence(),
                null,
                null,
                new Circumstances(receivedAt, false));
    }

    /** Keeps all templates that a person has now. */
    static Keep keepAll(PeopleStore people, UserId userId) {
        return new Keep(
                false,
                people.templates(userId, MODEL).stream().map(StoredTemplate::id).toList(),
                List.of());
    }

    static Attempt newAttempt() {
        return new Attempt(hash(), hash());
    }

    static String hash() {
        byte[] bytes = new byte[32];
        KEYS.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Enrolls without regard to other people's faces, keeping three templates. */
    static Written enroll(PeopleStore people, UserId userId, int seed) {
        return people.enroll(template(userId, seed, keeping(people, userId), NO_LIMIT_OF_CHECKS));
    }

    /** All of the person's templates stay, but for the oldest when there are three. */
    static Keep keeping(PeopleStore people, UserId userId) {
        List<Long> ids =
                people.templates(userId, MODEL).stream().map(StoredTemplate::id).toList();
        return new Keep(false, ids, ids.size() < 3 ? List.of() : ids.subList(0, 1));
    }

    /** The first template of a person, or one that replaces all others. */
    static NewTemplate template(UserId userId, int seed, boolean replace, long checkedUpTo) {
        return template(userId, seed, new Keep(replace, List.of(), List.of()), checkedUpTo);
    }

    static NewTemplate template(UserId userId, int seed, Keep keep, long checkedUpTo) {
        return new NewTemplate(
                new Identity(userId, new PersonName("Ann"), null),
                new Template(MODEL, embedding(seed), 3.5f, MORNING),
                keep,
                checkedUpTo,
                null,
                CALLER);
    }

    static Embedding embedding(int seed) {
        Random random = new Random(seed);
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }
}
