package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditStore;
import dev.rollcall.people.UserId;
import dev.rollcall.webhooks.Delivery;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookStore.Change;
import dev.rollcall.webhooks.WebhookStore.NewWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of events that wait for their delivery must do. */
interface OutboxContract extends WebhookFixture {

    @Test
    default void leasedWebhook_isDeliveredToByOneAtATime() {
        only(EventKind.PERSON_ENROLLED);
        person();
        Taken taken = taken(ONE).orElseThrow();

        assertThat(taken(OTHER)).isEmpty();
        assertThat(finished(taken, OTHER, taken.deliveries().get(0), Webhook.Failures.NONE))
                .isFalse();
    }

    @Test
    default void leaseThatHasEnded_leavesTheWebhookToOthers() {
        only(EventKind.PERSON_ENROLLED);
        person();
        Taken taken = taken(ENDED).orElseThrow();

        assertThat(taken(OTHER)).isPresent();
        assertThat(finished(taken, ENDED, taken.deliveries().get(0), Webhook.Failures.NONE))
                .isFalse();
    }

    @Test
    default void changedAddress_beginsWithoutFailuresAlsoWhileTheOldOneIsTried() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        person();
        Taken stale = taken(ONE).orElseThrow();

        managed().change(webhook.id(), new Change(null, "http://127.0.0.1:9998/", null, null), CALLER);

        assertThat(finished(stale, ONE, stale.deliveries().get(0), new Webhook.Failures(7, NOON, NOON, null, null)))
                .isFalse();
        assertThat(webhooks().webhooks().get(0).failures()).isEqualTo(Webhook.Failures.NONE);
        assertThat(taken(OTHER).orElseThrow().url()).isEqualTo("http://127.0.0.1:9998/");
    }

    @Test
    default void eventOfAClockThatWasAhead_isTakenAtOnceAndSoIsThePersonsNext() {
        Webhook webhook = only();
        UserId ann = person();
        attendance().mark(Samples.request(ann, AHEAD), Samples.TWO_A_DAY);
        Samples.enroll(people(), ann, 8);

        assertThat(taken(ONE).orElseThrow().deliveries())
                .extracting(one -> one.event().kind())
                .containsExactly("person.enrolled", "mark.created", "person.enrolled");
        outbox().release(webhook.id(), ONE);
    }

    @Test
    default void pausesOfAClockThatWasAhead_endWhenItWasSetBack() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        UserId ann = person();
        Samples.enroll(people(), ann, 8);
        Taken taken = outbox().take(ONE, 50, AHEAD).taken().orElseThrow();
        Webhook.Failures failures = new Webhook.Failures(1, AHEAD, AHEAD.plusSeconds(60), null, null);
        finished(taken, ONE, taken.deliveries().get(0), failures, AHEAD);
        outbox().release(webhook.id(), ONE);
        assertThat(outbox().take(ONE, 50, AHEAD.plusSeconds(1)).taken()).isEmpty();

        assertThat(taken(ONE).orElseThrow().deliveries()).hasSize(2);
        finished(taken, ONE, taken.deliveries().get(0), new Webhook.Failures(1, NOON, NOON, null, null));
        assertThat(log(webhook).get(1).attempts().firstAt()).isEqualTo(NOON);
        outbox().release(webhook.id(), ONE);
    }

    @Test
    default void leaseOfAClockThatWasAhead_holdsNobody() {
        only(EventKind.PERSON_ENROLLED);
        person();
        assertThat(taken(new Lease("ahead", Duration.ofDays(365)))).isPresent();

        assertThat(taken(OTHER)).isPresent();
    }

    @Test
    default void jumpOfTheClock_isAnEventAlsoBackwards() {
        Webhook webhook = only(EventKind.ALARM_CLOCK);

        upkeep().clockJumped(MORNING, -3600);

        assertThat(taken(ONE).orElseThrow().deliveries()).singleElement().satisfies(one -> {
            assertThat(one.event().kind()).isEqualTo("alarm.clock");
            assertThat(one.event().data().toString()).isEqualTo("{\"to\":\"" + MORNING + "\",\"by_s\":-3600}");
        });
        outbox().release(webhook.id(), ONE);
    }

    @Test
    default void eventOfAPerson_waitsForTheOnesBeforeItAndNotForThoseOfOthers() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        UserId ann = person();
        UserId bob = person();
        Samples.enroll(people(), ann, 8);
        Taken taken = taken(ONE).orElseThrow();
        Delivery first = taken.deliveries().get(0);
        finished(taken, ONE, first, new Webhook.Failures(1, NOON, NOON, null, null));
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
    default void oldEvents_areRemovedAndTheAuditLogSaysHowManyStillWaited() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        upkeep().sweep(Instant.EPOCH, NOON);
        person();
        person();
        assertThat(upkeep().sweep(MORNING.minusSeconds(1), NOON)).isZero();
        Taken taken = taken(ONE).orElseThrow();
        finished(taken, ONE, taken.deliveries().get(0), Webhook.Failures.NONE);

        assertThat(upkeep().sweep(AHEAD, NOON)).isEqualTo(2);

        assertThat(log(webhook)).isEmpty();
        assertThat(audit().list(new AuditStore.Query("WEBHOOK_EVENTS_DROPPED", null, null, null, null, null, null, 1)))
                .extracting(AuditStore.Entry::details)
                .containsExactly("{\"events\":1,\"webhook\":\"" + webhook.id() + "\"}");
        assertThat(upkeep().sweep(AHEAD, NOON)).isZero();
    }

    @Test
    default void deliveriesOfADeletedWebhook_areRemovedAndEventsStayForOthers() {
        Webhook first = only(EventKind.PERSON_ENROLLED);
        upkeep().sweep(Instant.EPOCH, NOON);
        Webhook second = value(managed()
                        .create(
                                new NewWebhook("pay", "http://127.0.0.1:9999/", List.of(EventKind.PERSON_ENROLLED)),
                                CALLER))
                .webhook();
        person();

        managed().delete(first.id(), CALLER);
        assertThat(upkeep().sweep(Instant.EPOCH, NOON)).isEqualTo(1);
        assertThat(log(second)).hasSize(1);
        managed().delete(second.id(), CALLER);
        assertThat(upkeep().sweep(Instant.EPOCH, NOON)).isEqualTo(1);
        assertThat(upkeep().sweep(Instant.EPOCH, NOON)).isZero();
    }
}
