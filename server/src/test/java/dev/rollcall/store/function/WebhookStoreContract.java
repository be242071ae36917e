package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditLog;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.ManageWebhooks;
import dev.rollcall.webhooks.ManageWebhooks.Result;
import dev.rollcall.webhooks.Outbox;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Outcome;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.TargetRules;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookStore;
import dev.rollcall.webhooks.WebhookStore.Change;
import dev.rollcall.webhooks.WebhookStore.NewWebhook;
import dev.rollcall.webhooks.WebhookStore.Query;
import dev.rollcall.webhooks.WebhookStore.Replay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of webhooks and of waiting events must do. */
interface WebhookStoreContract {

    Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    Lease ONE = new Lease("one", NOON.plusSeconds(60));
    Lease OTHER = new Lease("other", NOON.plusSeconds(60));

    DatabaseFunctions functions();

    PeopleStore people();

    AttendanceStore attendance();

    AuditStore audit();

    default WebhookStore webhooks() {
        return new FunctionWebhookStore(functions(), noSeal());
    }

    default Outbox outbox() {
        return new FunctionOutbox(functions(), noSeal());
    }

    private static SecretSeal noSeal() {
        return new SecretSeal(Optional.empty(), Optional.empty());
    }

    private ManageWebhooks managed() {
        return new ManageWebhooks(webhooks(), new TargetRules(true), () -> {}, Clock.fixed(MORNING, ZoneOffset.UTC));
    }

    /** The only endpoint there is. */
    private Webhook only(EventKind... kinds) {
        webhooks().webhooks().forEach(old -> managed().delete(old.id(), CALLER));
        return value(managed().create(new NewWebhook("hr", "http://127.0.0.1:9999/hook", List.of(kinds)), CALLER))
                .webhook();
    }

    private static <T> T value(Result<T> result) {
        return ((Result.Done<T>) result).value();
    }

    private UserId enrolled() {
        UserId person = Samples.newUserId();
        Samples.enroll(people(), person, 7);
        return person;
    }

    private List<Delivery> log(Webhook webhook) {
        return value(managed().deliveries(new Query(webhook.id(), null, null, 100)))
                .items();
    }

    private Optional<Taken> taken(Lease lease) {
        return outbox().take(lease, 50, NOON).taken();
    }

    private boolean finished(Taken taken, Lease lease, Delivery delivery, Webhook.Trouble trouble) {
        boolean failed = trouble.failures() > 0;
        Outcome outcome = new Outcome(
                failed ? Delivery.DeliveryState.WAITING : Delivery.DeliveryState.DELIVERED,
                failed ? Optional.of(NOON.plusSeconds(30)) : Optional.empty(),
                new Delivery.Attempts(
                        1, NOON, NOON, failed ? 500 : 204, failed ? Delivery.DeliveryProblem.STATUS : null, 12),
                trouble);
        return outbox().finish(taken, lease, delivery, outcome, NOON);
    }

    @Test
    default void whatHappens_isAnEventInTheOrderInWhichItHappened() {
        Webhook webhook = only();
        UserId ann = enrolled();
        attendance().mark(Samples.request(ann, MORNING), Samples.TWO_A_DAY);
        audit().append(new AuditLog.Event(MORNING, "RECOGNITION_REFUSED", ann, CALLER, Map.of("code", "TOO_SOON")));

        Taken taken = taken(ONE).orElseThrow();

        assertThat(taken.deliveries())
                .extracting(one -> one.event().kind())
                .containsExactly("person.enrolled", "mark.created", "mark.refused");
        assertThat(taken.deliveries()
                        .get(1)
                        .event()
                        .data()
                        .path("mark")
                        .path("user_id")
                        .asText())
                .isEqualTo(ann.value());
        assertThat(taken.deliveries().toString()).doesNotContain("embedding");
        assertThat(log(webhook)).hasSize(3);
        assertThat(taken.secrets()).hasSize(1);
    }

    @Test
    default void eventsThatNobodyWants_areNotWritten() {
        Webhook webhook = only(EventKind.PERSON_ERASED);
        UserId ann = enrolled();
        assertThat(log(webhook)).isEmpty();

        people().erase(ann, MORNING, PeopleStore.KeptMarks.KEEP, CALLER);

        assertThat(log(webhook)).extracting(one -> one.event().kind()).containsExactly("person.erased");
    }

    @Test
    default void pausedWebhook_getsNoEventsAndADeadOneKeepsThem() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        managed().change(webhook.id(), new Change(null, null, null, Webhook.WebhookState.PAUSED), CALLER);
        enrolled();
        assertThat(log(webhook)).isEmpty();

        managed().change(webhook.id(), new Change(null, null, null, Webhook.WebhookState.ENABLED), CALLER);
        enrolled();
        Taken taken = taken(ONE).orElseThrow();
        assertThat(finished(
                        taken,
                        ONE,
                        taken.deliveries().get(0),
                        new Webhook.Trouble(1, NOON, NOON, NOON, "the receiver answered 410 Gone")))
                .isFalse();
        enrolled();

        assertThat(webhooks().webhooks().get(0).state()).isEqualTo(Webhook.WebhookState.DEAD);
        assertThat(log(webhook)).hasSize(2);
        assertThat(taken(OTHER)).isEmpty();
        Webhook enabled = value(
                managed().change(webhook.id(), new Change(null, null, null, Webhook.WebhookState.ENABLED), CALLER));
        assertThat(enabled.trouble()).isEqualTo(Webhook.Trouble.NONE);
        outbox().release(webhook.id(), ONE);
        assertThat(taken(OTHER)).isPresent();
    }

    @Test
    default void leasedWebhook_isDeliveredToByOneAtATime() {
        only(EventKind.PERSON_ENROLLED);
        enrolled();
        Taken taken = taken(ONE).orElseThrow();

        assertThat(taken(OTHER)).isEmpty();
        assertThat(finished(taken, OTHER, taken.deliveries().get(0), Webhook.Trouble.NONE))
                .isFalse();
        assertThat(outbox().take(OTHER, 50, ONE.until()).taken()).isPresent();
        assertThat(finished(taken, ONE, taken.deliveries().get(0), Webhook.Trouble.NONE))
                .isFalse();
    }

    @Test
    default void eventOfAPerson_waitsForTheOnesBeforeItAndNotForThoseOfOthers() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        UserId ann = enrolled();
        UserId bob = enrolled();
        Samples.enroll(people(), ann, 8);
        Taken taken = taken(ONE).orElseThrow();
        Delivery first = taken.deliveries().get(0);
        finished(taken, ONE, first, new Webhook.Trouble(1, NOON, NOON, null, null));
        outbox().release(webhook.id(), ONE);

        Taken rest = taken(ONE).orElseThrow();

        assertThat(rest.deliveries()).extracting(one -> one.event().userId()).containsExactly(bob.value());
        outbox().release(webhook.id(), ONE);
        assertThat(outbox().take(ONE, 50, NOON.plusSeconds(30))
                        .taken()
                        .orElseThrow()
                        .deliveries())
                .extracting(one -> one.event().userId())
                .containsExactly(ann.value(), bob.value(), ann.value());
    }

    @Test
    default void deliveredEvent_canBeReplayed() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        enrolled();
        Taken taken = taken(ONE).orElseThrow();
        Delivery sent = taken.deliveries().get(0);
        assertThat(finished(taken, ONE, sent, Webhook.Trouble.NONE)).isTrue();
        outbox().release(webhook.id(), ONE);
        assertThat(taken(ONE)).isEmpty();
        assertThat(log(webhook).get(0).attempts().status()).isEqualTo(204);

        assertThat(managed().replay(webhook.id(), new Replay.Since(Instant.EPOCH, false), CALLER))
                .isEqualTo(new Result.Done<>(0L));
        assertThat(managed().replay(webhook.id(), new Replay.One(sent.id()), CALLER))
                .isEqualTo(new Result.Done<>(1L));

        assertThat(taken(ONE).orElseThrow().deliveries().get(0).event().id())
                .isEqualTo(sent.event().id());
        assertThat(managed().replay(webhook.id(), new Replay.One(Long.MAX_VALUE), CALLER))
                .isInstanceOf(Result.Refused.class);
    }

    @Test
    default void erasedPersonsEvents_areRemovedAlsoWhereTheyNameTheRival() {
        Webhook webhook = only();
        UserId ann = enrolled();
        UserId bob = enrolled();
        audit().append(new AuditLog.Event(MORNING, "LOOK_ALIKE", bob, CALLER, Map.of("rival_user_id", ann.value())));

        people().erase(ann, MORNING, PeopleStore.KeptMarks.KEEP, CALLER);

        assertThat(log(webhook))
                .extracting(one -> one.event().kind() + " " + one.event().userId())
                .containsExactly("person.erased " + ann, "person.enrolled " + bob);
    }

    @Test
    default void secretThatWasReplaced_signsTooForAWhile() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        managed().rotate(webhook.id(), Duration.between(MORNING, NOON.plusSeconds(1)), CALLER);
        enrolled();

        assertThat(taken(ONE).orElseThrow().secrets()).hasSize(2);
        assertThat(outbox().take(OTHER, 1, NOON.plusSeconds(61))
                        .taken()
                        .orElseThrow()
                        .secrets())
                .hasSize(1);
    }

    @Test
    default void oldEventsAndThoseOfDeletedWebhooks_areRemoved() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        enrolled();
        assertThat(outbox().sweep(MORNING.minusSeconds(1))).isGreaterThanOrEqualTo(0);
        assertThat(log(webhook)).hasSize(1);

        assertThat(outbox().sweep(Instant.parse("2100-01-01T00:00:00Z"))).isGreaterThanOrEqualTo(1);

        assertThat(log(webhook)).isEmpty();
        enrolled();
        managed().delete(webhook.id(), CALLER);
        assertThat(outbox().sweep(Instant.EPOCH)).isEqualTo(1);
    }

    @Test
    default void testEvent_isForOneWebhookWhateverItWants() {
        Webhook webhook = only(EventKind.PERSON_ERASED);
        long delivery = value(managed().test(webhook.id(), CALLER));

        assertThat(log(webhook)).extracting(Delivery::id).containsExactly(delivery);
        assertThat(managed().test("000000000000", CALLER)).isInstanceOf(Result.Refused.class);
    }
}
