package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditLog;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import dev.rollcall.store.function.FunctionAuditStore;
import dev.rollcall.store.function.FunctionOutbox;
import dev.rollcall.store.function.FunctionWebhookStore;
import dev.rollcall.store.function.SecretSeal;
import dev.rollcall.store.function.TestServer;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Taken;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The order in which one person's events arrive, whatever receivers answer, clocks say and crashes interrupt. */
class DeliveryOrderPropertiesTest {

    private static final String ID = "0123456789ab";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final SecretSeal SEAL = new SecretSeal(Optional.empty(), Optional.empty());
    private static final Answer ACCEPTED = new Answer.Status(204, Optional.empty());

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    private FunctionOutbox outbox = new FunctionOutbox(database, SEAL);
    private WebhookStore webhooks = new FunctionWebhookStore(database, SEAL);

    @BeforeContainer
    static void start() throws SQLException {
        server = new TestServer();
        database = TestServer.open(server.newDatabase());
    }

    @AfterContainer
    static void stop() {
        database.close();
        server.close();
    }

    /** What one attempt meets; a crash is between the answer and its note. There are too few for an event to be given up. */
    private enum Fate {
        ACCEPTED,
        REFUSED,
        BROKEN,
        NO_ANSWER,
        CRASH
    }

    private static final class Crash extends RuntimeException {}

    @Property(tries = 40)
    void eventsOfAPerson_firstArriveInTheirOrder(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 2) Integer> people,
            @ForAll @Size(max = RetryRules.LEAST_FAILURES - 1) List<Fate> fates,
            @ForAll("clocks") List<Duration> steps) {
        By by = new By(NOON, Caller.SERVICE);
        webhooks.delete(ID, by);
        outbox.sweep(Instant.EPOCH, NOON);
        webhooks.create(ID, new WebhookStore.NewWebhook("hr", "https://hr.example.com/", List.of()), secret(), 1, by);
        people.forEach(this::happens);
        Map<String, Set<String>> arrived = new HashMap<>();

        Iterator<Fate> next = fates.iterator();
        Instant now = NOON;
        for (Duration step : steps) {
            now = now.plus(step);
            turn(now, next, arrived);
        }
        // Ten years later nothing waits for a clock, and everything is accepted.
        for (int turn = 0; turn < 3; turn++) {
            turn(now.plus(Duration.ofDays(3650L + turn)), List.<Fate>of().iterator(), arrived);
        }

        assertThat(webhooks.find(ID).orElseThrow().waiting()).isZero();
        arrived.forEach((person, events) -> assertThat(events).as(person).containsExactlyElementsOf(written(person)));
        assertThat(arrived.values().stream().mapToInt(Set::size).sum()).isEqualTo(people.size());
    }

    @Provide
    Arbitrary<List<Duration>> clocks() {
        return Arbitraries.of(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(40),
                        Duration.ofHours(1),
                        Duration.ofHours(13),
                        Duration.ofHours(-1),
                        Duration.ofDays(400),
                        Duration.ofDays(-400))
                .list()
                .ofMaxSize(20);
    }

    private static WebhookSecret secret() {
        return new WebhookSecret(new byte[] {1, 2, 3});
    }

    private void happens(int person) {
        new FunctionAuditStore(database)
                .append(new AuditLog.Event(
                        NOON, "RECOGNITION_REFUSED", new UserId("p" + person), Caller.SERVICE, Map.of("code", "X")));
    }

    /** One turn of whoever delivers; a crash leaves the lease to its end. */
    private void turn(Instant now, Iterator<Fate> fates, Map<String, Set<String>> arrived) {
        Lease lease = new Lease("turn", Duration.ZERO);
        Optional<Taken> taken = outbox.take(lease, 50, now).taken();
        if (taken.isEmpty()) {
            return;
        }
        Iterator<Delivery> all = taken.get().deliveries().iterator();
        Sending sending = (url, headers, body) -> {
            Delivery delivery = all.next();
            while (!delivery.event().id().equals(headers.get("webhook-id"))) {
                delivery = all.next();
            }
            return answer(fates.hasNext() ? fates.next() : Fate.ACCEPTED, delivery.event(), arrived);
        };
        try {
            new Deliver(outbox, sending, Clock.fixed(now, ZoneOffset.UTC)).turn(taken.get(), lease);
        } catch (Crash e) {
            // The next turn begins when the lease has ended.
        }
    }

    private static Answer answer(Fate fate, Event event, Map<String, Set<String>> arrived) {
        if (fate == Fate.ACCEPTED || fate == Fate.CRASH) {
            arrived.computeIfAbsent(String.valueOf(event.userId()), person -> new LinkedHashSet<>())
                    .add(event.id());
        }
        return switch (fate) {
            case ACCEPTED -> ACCEPTED;
            case REFUSED -> new Answer.Status(422, Optional.empty());
            case BROKEN -> new Answer.Status(503, Optional.of(Duration.ofMinutes(3)));
            case NO_ANSWER -> new Answer.Failed(DeliveryProblem.TIMED_OUT);
            case CRASH -> throw new Crash();
        };
    }

    /** The ids of a person's events in the order in which they were written. */
    private List<String> written(String person) {
        List<String> ids = new ArrayList<>();
        webhooks.deliveries(new WebhookStore.Query(ID, null, null, 100)).stream()
                .filter(delivery -> person.equals(delivery.event().userId()))
                .forEach(delivery -> ids.add(0, delivery.event().id()));
        return ids;
    }
}
