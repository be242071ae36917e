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

    private boolean finished(Taken taken, Lease lease, Delivery delivery, Webhook.Failures failures) {
        return finished(taken, lease, delivery, failures, NOON);
    }

    private boolean finished(Taken taken, Lease lease, Delivery delivery, Webhook.Failures failures, Instant now) {
        boolean failed = failures.count() > 0;
        Outcome outcome = new Outcome(
                failed ? Delivery.DeliveryState.WAITING : Delivery.DeliveryState.DELIVERED,
                failed ? Optional.of(now.plusSeconds(30)) : Optional.empty(),
                new Delivery.Attempts(
                        1, now, now, failed ? 500 : 204, failed ? Delivery.DeliveryProblem.STATUS : null, 12),
                failures);
        return outbox().finish(taken, lease, delivery, outcome, now);
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
                        new Webhook.Failures(1, NOON, NOON, NOON, "the receiver answered 410 Gone")))
                .isFalse();
        enrolled();

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
    default void leasedWebhook_isDeliveredToByOneAtATime() {
        only(EventKind.PERSON_ENROLLED);
        enrolled();
        Taken taken = taken(ONE).orElseThrow();

        assertThat(taken(OTHER)).isEmpty();
        assertThat(finished(taken, OTHER, taken.deliveries().get(0), Webhook.Failures.NONE))
                .isFalse();
    }

    @Test
    default void leaseThatHasEnded_leavesTheWebhookToOthers() {
        only(EventKind.PERSON_ENROLLED);
        enrolled();
        Taken taken = taken(ENDED).orElseThrow();

        assertThat(taken(OTHER)).isPresent();
        assertThat(finished(taken, ENDED, taken.deliveries().get(0), Webhook.Failures.NONE))
                .isFalse();
    }

    @Test
    default void changedAddress_beginsWithoutFailuresAlsoWhileTheOldOneIsTried() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        enrolled();
        Taken stale = taken(ONE).orElseThrow();

        managed().change(webhook.id(), new Change(null, "http://127.0.0.1:9998/", null, null), CALLER);

        assertThat(finished(stale, ONE, stale.deliveries().get(0), new Webhook.Failures(7, NOON, NOON, null, null)))
                .isFalse();
        assertThat(webhooks().webhooks().get(0).failures()).isEqualTo(Webhook.Failures.NONE);
        assertThat(taken(OTHER).orElseThrow().url()).isEqualTo("http://127.0.0.1:9998/");
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
    default void eventOfAClockThatWasAhead_isTakenAtOnceAndSoIsThePersonsNext() {
        Webhook webhook = only();
        UserId ann = enrolled();
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
        UserId ann = enrolled();
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
        enrolled();
        assertThat(taken(new Lease("ahead", Duration.ofDays(365)))).isPresent();

        assertThat(taken(OTHER)).isPresent();
    }

    @Test
    default void jumpOfTheClock_isAnEventAlsoBackwards() {
        Webhook webhook = only(EventKind.ALARM_CLOCK);

        outbox().clockJumped(MORNING, -3600);

        assertThat(taken(ONE).orElseThrow().deliveries()).singleElement().satisfies(one -> {
            assertThat(one.event().kind()).isEqualTo("alarm.clock");
            assertThat(one.event().data().toString()).isEqualTo("{\"to\":\"" + MORNING + "\",\"by_s\":-3600}");
        });
        outbox().release(webhook.id(), ONE);
    }

    @Test
    default void eventOfAPerson_waitsForTheOnesBeforeItAndNotForThoseOfOthers() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        UserId ann = enrolled();
        UserId bob = enrolled();
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
    default void deliveredEvent_canBeReplayed() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        enrolled();
        Taken taken = taken(ONE).orElseThrow();
        Delivery sent = taken.deliveries().get(0);
        assertThat(finished(taken, ONE, sent, Webhook.Failures.NONE)).isTrue();
        outbox().release(webhook.id(), ONE);
        assertThat(taken(ONE)).isEmpty();
        assertThat(log(webhook).get(0).attempts().status()).isEqualTo(204);

        assertThat(managed().replay(webhook.id(), new Replay.Since(Instant.EPOCH, false), CALLER))
                .isEqualTo(new Result.Done<>(0L));
        assertThat(managed().replay(webhook.id(), new Replay.One(sent.id()), CALLER))
                .isEqualTo(new Result.Done<>(1L));

        assertThat(log(webhook).get(0).attempts()).isEqualTo(Delivery.Attempts.NONE);
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

        assertThat(taken(ENDED).orElseThrow().secrets()).hasSize(2);
        assertThat(outbox().take(OTHER, 1, NOON.plusSeconds(61))
                        .taken()
                        .orElseThrow()
                        .secrets())
                .hasSize(1);
    }

    @Test
    default void oldEvents_areRemovedAndTheAuditLogSaysHowManyStillWaited() {
        Webhook webhook = only(EventKind.PERSON_ENROLLED);
        outbox().sweep(Instant.EPOCH, NOON);
        enrolled();
        enrolled();
        assertThat(outbox().sweep(MORNING.minusSeconds(1), NOON)).isZero();
        Taken taken = taken(ONE).orElseThrow();
        finished(taken, ONE, taken.deliveries().get(0), Webhook.Failures.NONE);

        assertThat(outbox().sweep(AHEAD, NOON)).isEqualTo(2);

        assertThat(log(webhook)).isEmpty();
        assertThat(audit().list(new AuditStore.Query("WEBHOOK_EVENTS_DROPPED", null, null, null, null, null, null, 1)))
                .extracting(AuditStore.Entry::details)
                .containsExactly("{\"events\":1,\"webhook\":\"" + webhook.id() + "\"}");
        assertThat(outbox().sweep(AHEAD, NOON)).isZero();
    }

    @Test
    default void deliveriesOfADeletedWebhook_areRemovedAndEventsStayForOthers() {
        Webhook first = only(EventKind.PERSON_ENROLLED);
        outbox().sweep(Instant.EPOCH, NOON);
        Webhook second = value(managed()
                        .create(
                                new NewWebhook("pay", "http://127.0.0.1:9999/", List.of(EventKind.PERSON_ENROLLED)),
                                CALLER))
                .webhook();
        enrolled();

        managed().delete(first.id(), CALLER);
        assertThat(outbox().sweep(Instant.EPOCH, NOON)).isEqualTo(1);
        assertThat(log(second)).hasSize(1);
        managed().delete(second.id(), CALLER);
        assertThat(outbox().sweep(Instant.EPOCH, NOON)).isEqualTo(1);
        assertThat(outbox().sweep(Instant.EPOCH, NOON)).isZero();
    }

    @Test
    default void testEvent_isForOneWebhookWhateverItWants() {
        Webhook webhook = only(EventKind.PERSON_ERASED);
        long delivery = value(managed().test(webhook.id(), CALLER));

        assertThat(log(webhook)).extracting(Delivery::id).containsExactly(delivery);
        assertThat(managed().test("000000000000", CALLER)).isInstanceOf(Result.Refused.class);
    }
}
