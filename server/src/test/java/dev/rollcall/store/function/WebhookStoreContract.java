package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditLog;
import dev.rollcall.outcome.Attempt;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.ManageWebhooks;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.TargetRules;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookStore.Change;
import dev.rollcall.webhooks.WebhookStore.Replay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of webhooks must do. */
interface WebhookStoreContract extends WebhookFixture {

    @Test
    default void whatHappens_isAnEventInTheOrderInWhichItHappened() {
        Webhook webhook = only();
        UserId ann = person();
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
        assertThat(taken.deliveries()
                        .get(1)
                        .event()
                        .data()
                        .path("mark")
                        .path("marked_at")
                        .asText())
                .isEqualTo(MORNING.toString());
        assertThat(taken.deliveries().toString()).doesNotContain("embedding");
        assertThat(log(webhook)).hasSize(3);
        assertThat(taken.secrets()).hasSize(1);
    }

    @Test
    default void eventsThatNobodyWants_areNotWritten() {
        Webhook webhook = only(EventKind.PERSON_ERASED);
        UserId ann = person();
        assertThat(log(webhook)).isEmpty();

        people().erase(ann, MORNING, PeopleStore.KeptMarks.KEEP, CALLER);

        assertThat(log(webhook)).extracting(one -> one.event().kind()).containsExactly("person.erased");
    }

    @Test
    default void pausedWebhook_getsNoEventsAndADeadOneKeepsThem() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        managed().change(webhook.id(), new Change(null, null, null, Webhook.WebhookState.PAUSED), CALLER);
        person();
        assertThat(log(webhook)).isEmpty();

        managed().change(webhook.id(), new Change(null, null, null, Webhook.WebhookState.ENABLED), CALLER);
        person();
        Taken taken = taken(ONE).orElseThrow();
        assertThat(finished(
                        taken,
                        ONE,
                        taken.deliveries().get(0),
                        new Webhook.Failures(1, NOON, NOON, NOON, "the receiver answered 410 Gone")))
                .isFalse();
        person();

        assertThat(webhooks().webhooks().get(0).state()).isEqualTo(Webhook.WebhookState.DEAD);
        assertThat(log(webhook)).hasSize(2);
        assertThat(taken(OTHER)).isEmpty();
        Webhook enabled = value(
                managed().change(webhook.id(), new Change(null, null, null, Webhook.WebhookState.ENABLED), CALLER));
        assertThat(enabled.failures()).isEqualTo(Webhook.Failures.NONE);
        outbox().release(webhook.id(), ONE);
        assertThat(taken(OTHER)).isPresent();
    }

    @Test
    default void enabledWebhook_triesWhatWaitsAsIfItHadNotFailedBefore() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        person();
        Taken taken = taken(ONE).orElseThrow();
        finished(taken, ONE, taken.deliveries().get(0), new Webhook.Failures(1, NOON, NOON, NOON, "failed too long"));

        managed().change(webhook.id(), new Change(null, null, null, Webhook.WebhookState.ENABLED), CALLER);

        assertThat(taken(OTHER).orElseThrow().deliveries()).singleElement().satisfies(one -> {
            assertThat(one.attempts().count()).isZero();
            assertThat(one.attempts().firstAt()).isNull();
        });
        outbox().release(webhook.id(), OTHER);
    }

    @Test
    default void changeOfAWebhookThatChangesNothing_isNotNoted() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        ManageWebhooks later =
                new ManageWebhooks(webhooks(), new TargetRules(true), () -> {}, Clock.fixed(NOON, ZoneOffset.UTC));

        assertThat(value(later.change(
                        webhook.id(),
                        new Change("hr", webhook.url(), webhook.events(), Webhook.WebhookState.ENABLED),
                        CALLER)))
                .isEqualTo(webhook);
        assertThat(value(later.change(webhook.id(), new Change("pay", null, null, null), CALLER))
                        .updatedAt())
                .isEqualTo(NOON);
    }

    @Test
    default void deliveredEvent_canBeReplayed() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        person();
        Taken taken = taken(ONE).orElseThrow();
        Delivery sent = taken.deliveries().get(0);
        assertThat(finished(taken, ONE, sent, Webhook.Failures.NONE)).isTrue();
        outbox().release(webhook.id(), ONE);
        assertThat(taken(ONE)).isEmpty();
        assertThat(log(webhook).get(0).attempts().status()).isEqualTo(204);

        assertThat(managed().replay(webhook.id(), new Replay.Since(Instant.EPOCH, false), CALLER))
                .isEqualTo(new Attempt.Done<>(0L));
        assertThat(managed().replay(webhook.id(), new Replay.One(sent.id()), CALLER))
                .isEqualTo(new Attempt.Done<>(1L));

        assertThat(log(webhook).get(0).attempts()).isEqualTo(Delivery.Attempts.NONE);
        assertThat(taken(ONE).orElseThrow().deliveries().get(0).event().id())
                .isEqualTo(sent.event().id());
        assertThat(managed().replay(webhook.id(), new Replay.One(Long.MAX_VALUE), CALLER))
                .isInstanceOf(Attempt.Refused.class);
    }

    @Test
    default void erasedPersonsEvents_areRemovedAlsoWhereTheyNameTheRival() {
        Webhook webhook = only();
        UserId ann = person();
        UserId bob = person();
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
        person();

        assertThat(taken(ENDED).orElseThrow().secrets()).hasSize(2);
        assertThat(outbox().take(OTHER, 1, NOON.plusSeconds(61))
                        .taken()
                        .orElseThrow()
                        .secrets())
                .hasSize(1);
    }

    @Test
    default void testEvent_isForOneWebhookWhateverItWants() {
        Webhook webhook = only(EventKind.PERSON_ERASED);
        long delivery = value(managed().test(webhook.id(), CALLER));

        assertThat(log(webhook)).extracting(Delivery::id).containsExactly(delivery);
        assertThat(managed().test("000000000000", CALLER)).isInstanceOf(Attempt.Refused.class);
    }
}
