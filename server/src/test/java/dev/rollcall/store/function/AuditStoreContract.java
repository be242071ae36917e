package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditLog.Event;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.audit.AuditStore.Filter;
import dev.rollcall.audit.AuditStore.Query;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.audit.RetentionStore;
import dev.rollcall.keys.ApiKeyStore;
import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every audit log must do. */
interface AuditStoreContract {

    AuditStore audit();

    RetentionStore retention();

    PeopleStore people();

    ApiKeyStore keys();

    @Test
    default void enrollmentAndErasure_areNotedWithWhoAsked() {
        UserId ann = newUserId();
        Samples.enroll(people(), ann, 1);
        people().erase(ann, MORNING.plusSeconds(5), KeptMarks.KEEP, CALLER);

        List<Entry> entries = audit().list(about(ann, null, 10));

        assertThat(entries).extracting(Entry::action).containsExactly("ERASED", "ENROLLED");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.userId()).isEqualTo(ann.value());
            assertThat(entry.keyId()).isEqualTo(CALLER.keyId());
            assertThat(entry.requestId()).isEqualTo(CALLER.requestId());
            assertThat(entry.address()).isEqualTo(CALLER.address());
        });
        assertThat(entries.get(0).at()).isEqualTo(MORNING.plusSeconds(5));
        assertThat(entries.get(0).details()).contains("\"templates_removed\":1");
    }

    @Test
    default void changesOfKeys_areNotedWithoutTheirHash() {
        String hash = Samples.hash();
        String id = keys().add(new NewKey(hash, "gate", Set.of(Scope.READ), MORNING, null), CALLER)
                .orElseThrow()
                .id();
        keys().revoke(id, MORNING, CALLER);

        List<Entry> entries = audit().list(new Query(null, null, CALLER.keyId(), null, null, null, null, 1000)).stream()
                .filter(entry -> entry.details().contains(id))
                .toList();

        assertThat(entries).extracting(Entry::action).containsExactly("KEY_REVOKED", "KEY_CREATED");
        assertThat(entries.get(1).details()).contains("\"read\"").doesNotContain(hash);
    }

    @Test
    default void entries_areListedByActionCodeAndTimePageByPage() {
        UserId ann = newUserId();
        for (int i = 0; i < 5; i++) {
            audit().append(refusal(ann, MORNING.plusSeconds(i), i % 2 == 0 ? "NOT_MATCHED" : "NO_FACE"));
        }

        Query all = new Query("REFUSED", ann, null, "NOT_MATCHED", null, null, null, 2);
        List<Entry> first = audit().list(all);
        List<Entry> second = audit().list(new Query(
                "REFUSED", ann, null, "NOT_MATCHED", null, null, first.get(1).id(), 2));
        List<Entry> span = audit().list(
                        new Query(null, ann, null, null, MORNING.plusSeconds(1), MORNING.plusSeconds(3), null, 10));

        assertThat(first).extracting(Entry::at).containsExactly(MORNING.plusSeconds(4), MORNING.plusSeconds(2));
        assertThat(second).extracting(Entry::at).containsExactly(MORNING);
        assertThat(span).extracting(Entry::at).containsExactly(MORNING.plusSeconds(2), MORNING.plusSeconds(1));
        assertThat(audit().list(new Query("OTHER", ann, null, null, null, null, null, 10)))
                .isEmpty();
    }

    @Test
    default void entries_tellTheSiteAndTheNameOfTheKey() {
        UserId ann = newUserId();
        String id = keys().add(new NewKey(Samples.hash(), "gate", Set.of(Scope.RECOGNIZE), MORNING, null), CALLER)
                .orElseThrow()
                .id();
        audit().append(new Event(MORNING, "AT_GATE", ann, new Caller(id, null, null, "gate-7"), Map.of()));
        audit().append(new Event(MORNING, "AT_DESK", ann, new Caller("desk", null, null), Map.of()));

        List<Entry> entries = audit().list(about(ann, null, 10));
        List<Entry> ofSite =
                audit().list(new Query(new Filter(null, ann, null, "gate-7", null, null, null), false, null, 10));

        assertThat(entries).extracting(Entry::site).containsExactly(null, "gate-7");
        assertThat(entries).extracting(Entry::keyName).containsExactly(null, "gate");
        assertThat(ofSite).extracting(Entry::action).containsExactly("AT_GATE");
        assertThat(AuditVerification.of(audit(), List.of()).problems()).isEmpty();
    }

    @Test
    default void entries_areListedOldestFirstPageByPageAndCounted() {
        UserId ann = newUserId();
        for (int i = 0; i < 5; i++) {
            audit().append(refusal(ann, MORNING.plusSeconds(i), i % 2 == 0 ? "NOT_MATCHED" : "NO_FACE"));
        }
        Filter notMatched = new Filter(null, ann, null, null, "NOT_MATCHED", null, null);

        List<Entry> first = audit().list(new Query(notMatched, true, null, 2));
        List<Entry> second =
                audit().list(new Query(notMatched, true, first.get(1).id(), 2));

        assertThat(first).extracting(Entry::at).containsExactly(MORNING, MORNING.plusSeconds(2));
        assertThat(second).extracting(Entry::at).containsExactly(MORNING.plusSeconds(4));
        assertThat(audit().count(notMatched)).isEqualTo(3);
        assertThat(audit().count(new Filter(
                        null, ann, CALLER.keyId(), CALLER.site(), null, MORNING.plusSeconds(1), null)))
                .isEqualTo(4);
    }

    @Test
    default void detailsOfAnyKind_areReckonedAsTheyWereWritten() {
        UserId ann = newUserId();
        Caller caller = new Caller("cli", null, null);
        audit().append(new Event(
                Instant.parse("1999-12-31T23:59:59.999999Z"),
                "ODD",
                ann,
                caller,
                Map.of("a\n\"b\"", "Ünï\u2028 😀 \\", "n", 0.1234567890123, "big", 123456789012345L)));

        assertThat(audit().list(about(ann, null, 1)).get(0).requestId()).isNull();
        assertThat(AuditVerification.of(audit(), List.of()).problems()).isEmpty();
    }

    @Test
    default void entriesWrittenAtOnce_areOneChain() throws Exception {
        UserId ann = newUserId();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writes = IntStream.range(0, 40)
                    .<Future<?>>mapToObj(
                            i -> threads.submit(() -> audit().append(refusal(ann, MORNING.plusSeconds(i), "NO_FACE"))))
                    .toList();
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdownNow();
        }

        AuditVerification.Report report = AuditVerification.of(audit(), List.of());

        assertThat(report.problems()).isEmpty();
        assertThat(report.entries())
                .isEqualTo(report.chains().stream()
                        .mapToLong(
                                chain -> chain.head().number() - chain.anchor().number())
                        .sum());
        assertThat(report.chains()).filteredOn(Chain::own).hasSize(1);
        assertThat(audit().list(about(ann, null, 100))).hasSize(40);
    }

    @Test
    default void nothingOld_nothingPruned() {
        assertThat(retention().pruneAttendance(LocalDate.of(1990, 1, 1), MORNING))
                .isZero();
        assertThat(retention().pruneAudit(Instant.parse("1990-01-01T00:00:00Z"), MORNING))
                .isZero();
    }

    private static Event refusal(UserId userId, Instant at, String code) {
        return new Event(at, "REFUSED", userId, CALLER, Map.of("code", code, "confidence", 0.25));
    }

    private static Query about(UserId userId, @Nullable Long before, int limit) {
        return new Query(null, userId, null, null, null, null, before, limit);
    }
}
