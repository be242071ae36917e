package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.outcome.Attempt;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.EventUpkeep;
import dev.rollcall.webhooks.ManageWebhooks;
import dev.rollcall.webhooks.Outbox;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Outcome;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.TargetRules;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookStore;
import dev.rollcall.webhooks.WebhookStore.NewWebhook;
import dev.rollcall.webhooks.WebhookStore.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Webhooks, people and turns for the contracts of webhooks and of waiting events. */
interface WebhookFixture {

    Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    Lease ONE = new Lease("one", Duration.ofSeconds(60));
    Lease OTHER = new Lease("other", Duration.ofSeconds(60));
    Lease ENDED = new Lease("ended", Duration.ZERO);

    /** What a clock says that is far ahead. */
    Instant AHEAD = Instant.parse("2100-01-01T00:00:00Z");

    DatabaseFunctions functions();

    PeopleStore people();

    AttendanceStore attendance();

    AuditStore audit();

    SecretSeal secretSeal();

    default WebhookStore webhooks() {
        return new FunctionWebhookStore(functions(), secretSeal());
    }

    default Outbox outbox() {
        return new FunctionOutbox(functions(), secretSeal());
    }

    default EventUpkeep upkeep() {
        return new FunctionOutbox(functions(), secretSeal());
    }

    default ManageWebhooks managed() {
        return new ManageWebhooks(webhooks(), new TargetRules(true), () -> {}, Clock.fixed(MORNING, ZoneOffset.UTC));
    }

    /** The only endpoint there is. */
    default Webhook only(EventKind... kinds) {
        webhooks().webhooks().forEach(old -> managed().delete(old.id(), CALLER));
        return value(managed().create(new NewWebhook("hr", "http://127.0.0.1:9999/hook", List.of(kinds)), CALLER))
                .webhook();
    }

    default <T> T value(Attempt<T> result) {
        return ((Attempt.Done<T>) result).value();
    }

    default UserId person() {
        UserId person = Samples.newUserId();
        Samples.enroll(people(), person, 7);
        return person;
    }

    default List<Delivery> log(Webhook webhook) {
        return value(managed().deliveries(new Query(webhook.id(), null, null, 100)))
                .items();
    }

    default Optional<Taken> taken(Lease lease) {
        return outbox().take(lease, 50, NOON).taken();
    }

    default boolean finished(Taken taken, Lease lease, Delivery delivery, Webhook.Failures failures) {
        return finished(taken, lease, delivery, failures, NOON);
    }

    default boolean finished(Taken taken, Lease lease, Delivery delivery, Webhook.Failures failures, Instant now) {
        boolean failed = failures.count() > 0;
        Outcome outcome = new Outcome(
                failed ? Delivery.DeliveryState.WAITING : Delivery.DeliveryState.DELIVERED,
                failed ? Optional.of(now.plusSeconds(30)) : Optional.empty(),
                new Delivery.Attempts(
                        1, now, now, failed ? 500 : 204, failed ? Delivery.DeliveryProblem.STATUS : null, 12),
                failures);
        return outbox().finish(taken, lease, delivery, outcome, now);
    }
}
