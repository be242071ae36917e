package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static dev.rollcall.store.function.Samples.hash;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.ApiKeyStore;
import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.EnrollmentStore.NewTemplate;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of API keys must do. */
interface ApiKeyStoreContract {

    ApiKeyStore keys();

    PeopleStore people();

    AttendanceStore attendance();

    @Test
    default void firstKey_isAddedOnlyIfThereIsNone() {
        boolean none = keys().list(null, 1).isEmpty();

        assertThat(keys().addFirst(key(hash(), MORNING.plusSeconds(9)), CALLER).isPresent())
                .isEqualTo(none);
        assertThat(keys().addFirst(key(hash(), MORNING.plusSeconds(9)), CALLER)).isEmpty();
    }

    @Test
    default void keptKey_isKnownByItsHashWithItsScopes() {
        String hash = hash();
        ApiKey added = keys().add(key(hash, MORNING.plusSeconds(60)), CALLER).orElseThrow();

        ApiKey used = keys().use(hash, MORNING, null).orElseThrow();

        assertThat(used.id()).isEqualTo(added.id()).isEqualTo(hash.substring(0, 12));
        assertThat(used.scopes()).containsExactlyInAnyOrder(Scope.RECOGNIZE, Scope.READ);
        assertThat(used.site()).isEqualTo(ApiKey.DEFAULT_SITE);
        assertThat(used.createdAt()).isEqualTo(MORNING);
        assertThat(used.expiresAt()).isEqualTo(MORNING.plusSeconds(60));
        assertThat(keys().use(hash(), MORNING, null)).isEmpty();
    }

    @Test
    default void use_isNotedToTheMinute() {
        String hash = hash();
        keys().add(key(hash, null), CALLER);
        assertThat(listed(hash).lastUsedAt()).isNull();

        keys().use(hash, MORNING, null);
        keys().use(hash, MORNING.plusSeconds(30), null);
        assertThat(listed(hash).lastUsedAt()).isEqualTo(MORNING);

        keys().use(hash, MORNING.plusSeconds(90), null);
        assertThat(listed(hash).lastUsedAt()).isEqualTo(MORNING.plusSeconds(90));
    }

    @Test
    default void expiredKey_opensNothing() {
        String hash = hash();
        keys().add(key(hash, MORNING.plusSeconds(60)), CALLER);

        assertThat(keys().use(hash, MORNING.plusSeconds(59), null)).isPresent();
        assertThat(keys().use(hash, MORNING.plusSeconds(60), null)).isEmpty();
    }

    @Test
    default void revokedKey_opensNothingAndStaysListed() {
        String hash = hash();
        String id = keys().add(key(hash, null), CALLER).orElseThrow().id();

        assertThat(keys().revoke(id, MORNING, CALLER).orElseThrow().revokedAt()).isEqualTo(MORNING);
        assertThat(keys().revoke(id, MORNING.plusSeconds(5), CALLER)
                        .orElseThrow()
                        .revokedAt())
                .isEqualTo(MORNING);

        assertThat(keys().use(hash, MORNING, null)).isEmpty();
        assertThat(listed(hash).revokedAt()).isEqualTo(MORNING);
        assertThat(keys().revoke("nothing", MORNING, CALLER)).isEmpty();
    }

    @Test
    default void keyRevokedDuringTheRequest_makesNoMarkAndKeepsNoAnswer() {
        String id = keys().add(key(hash(), null), CALLER).orElseThrow().id();
        UserId ann = newUserId();
        Samples.enroll(people(), ann, 1);
        MarkRequest plain = Samples.request(Samples.match(ann), MORNING, Samples.newAttempt());
        MarkRequest byKey = new MarkRequest(
                ann,
                MORNING,
                new Origin(ApiKey.DEFAULT_SITE, id, Source.DEVICE),
                plain.evidence(),
                null,
                plain.once(),
                plain.circumstances());
        keys().revoke(id, MORNING, CALLER);

        assertThat(attendance().mark(byKey, TWO_A_DAY)).isEqualTo(new Marking.Decided(new MarkDecision.RevokedKey()));
        assertThat(attendance().mark(plain, TWO_A_DAY))
                .isInstanceOfSatisfying(Marking.Decided.class, decided -> assertThat(decided.decision())
                        .isInstanceOf(MarkDecision.Marked.class));
    }

    @Test
    default void keyRevokedDuringTheRequest_enrollsNobody() {
        Caller key = new Caller(
                keys().add(key(hash(), null), CALLER).orElseThrow().id(),
                "request-1",
                "192.0.2.1",
                ApiKey.DEFAULT_SITE);
        UserId ann = newUserId();
        NewTemplate first = Samples.template(ann, 1, false, Long.MAX_VALUE);
        NewTemplate byKey = new NewTemplate(
                first.identity(), first.template(), first.keep(), first.checkedUpTo(), first.lookAlike(), key);
        keys().revoke(key.keyId(), MORNING, CALLER);

        assertThat(people().enroll(byKey)).isEqualTo(new Written.RevokedKey());
        assertThat(people().find(ann, Samples.MODEL)).isEmpty();
    }

    private ApiKey listed(String hash) {
        return keys().list(null, 100_000).stream()
                .filter(key -> hash.startsWith(key.id()))
                .findFirst()
                .orElseThrow();
    }

    private static NewKey key(String hash, @Nullable Instant expiresAt) {
        return new NewKey(hash, "gate", Set.of(Scope.RECOGNIZE, Scope.READ), MORNING, expiresAt);
    }
}
