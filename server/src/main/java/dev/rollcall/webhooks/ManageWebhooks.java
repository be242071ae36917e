package dev.rollcall.webhooks;

import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Attempt;
import dev.rollcall.outcome.Page;
import dev.rollcall.webhooks.WebhookStore.Change;
import dev.rollcall.webhooks.WebhookStore.NewWebhook;
import dev.rollcall.webhooks.WebhookStore.Query;
import dev.rollcall.webhooks.WebhookStore.Replay;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The use cases of webhooks: endpoints, their secrets, the log of deliveries, and replaying. Safe for use by several threads. */
public final class ManageWebhooks {

    /** Most endpoints: each event that all want is written once for each. */
    public static final int MOST = 20;

    /** Longest time for which two secrets are valid. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private static final int ID_BYTES = 6;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WebhookStore store;
    private final TargetRules rules;
    private final Runnable wake;
    private final Clock clock;

    /**
     * Creates the use cases.
     *
     * @param wake tells whoever delivers that events may be due
     */
    public ManageWebhooks(WebhookStore store, TargetRules rules, Runnable wake, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.wake = wake;
        this.clock = clock;
    }

    /** An endpoint with its new secret, which is shown this once. */
    public record WithSecret(Webhook webhook, WebhookSecret secret) {}

    /** All endpoints, the oldest first. */
    public List<Webhook> webhooks() {
        return store.webhooks();
    }

    public Attempt<Webhook> read(String id) {
        return found(isId(id) ? store.find(id) : Optional.empty());
    }

    public Attempt<WithSecret> create(NewWebhook wanted, Caller caller) {
        if (rules.parse(wanted.url()).isEmpty()) {
            return new Attempt.Refused<>(WebhookRefusals.urlNotAllowed());
        }
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        WebhookSecret secret = WebhookSecret.random();
        Optional<Webhook> made = store.create(HexFormat.of().formatHex(id), wanted, secret, MOST, by(caller));
        wake.run();
        return made.<Attempt<WithSecret>>map(webhook -> new Attempt.Done<>(new WithSecret(webhook, secret)))
                .orElseGet(() -> new Attempt.Refused<>(WebhookRefusals.tooMany()));
    }

    public Attempt<Webhook> change(String id, Change change, Caller caller) {
        if (change.url() != null && rules.parse(change.url()).isEmpty()) {
            return new Attempt.Refused<>(WebhookRefusals.urlNotAllowed());
        }
        Attempt<Webhook> changed = found(isId(id) ? store.change(id, change, by(caller)) : Optional.empty());
        wake.run();
        return changed;
    }

    public Attempt<String> delete(String id, Caller caller) {
        return found(isId(id) && store.delete(id, by(caller)) ? Optional.of(id) : Optional.empty());
    }

    /**
     * Replaces the secret.
     *
     * @param overlap how long the one before signs too, at most {@link #LONGEST_OVERLAP}
     */
    public Attempt<WithSecret> rotate(String id, Duration overlap, Caller caller) {
        WebhookSecret secret = WebhookSecret.random();
        Instant now = clock.instant();
        Optional<Webhook> changed =
                isId(id) ? store.rotate(id, secret, now.plus(overlap), new By(now, caller)) : Optional.empty();
        return found(changed.map(webhook -> new WithSecret(webhook, secret)));
    }

    /** Sends an event for a trial; returns the id of its delivery. */
    public Attempt<Long> test(String id, Caller caller) {
        return waking(isId(id) ? store.test(id, by(caller)) : OptionalLong.empty());
    }

    /** A page of deliveries, the latest first. */
    public Attempt<Page<Delivery>> deliveries(Query query) {
        if (!isId(query.webhook()) || store.find(query.webhook()).isEmpty()) {
            return new Attempt.Refused<>(WebhookRefusals.notFound());
        }
        List<Delivery> oneMore =
                store.deliveries(new Query(query.webhook(), query.state(), query.before(), query.limit() + 1));
        return new Attempt.Done<>(Page.of(oneMore, query.limit(), Delivery::id));
    }

    /** Lets deliveries be made again; returns how many. */
    public Attempt<Long> replay(String id, Replay replay, Caller caller) {
        Attempt<Long> replayed = waking(isId(id) ? store.replay(id, replay, by(caller)) : OptionalLong.empty());
        boolean isMissing =
                replay instanceof Replay.One && replayed instanceof Attempt.Done<Long> done && done.value() == 0;
        return isMissing ? new Attempt.Refused<>(WebhookRefusals.deliveryNotFound()) : replayed;
    }

    private Attempt<Long> waking(OptionalLong done) {
        wake.run();
        return found(done.isPresent() ? Optional.of(done.getAsLong()) : Optional.empty());
    }

    private static <T> Attempt<T> found(Optional<T> value) {
        return value.<Attempt<T>>map(Attempt.Done::new)
                .orElseGet(() -> new Attempt.Refused<>(WebhookRefusals.notFound()));
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private By by(Caller caller) {
        return new By(clock.instant(), caller);
    }
}
