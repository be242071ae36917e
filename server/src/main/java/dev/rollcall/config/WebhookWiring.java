package dev.rollcall.config;

import dev.rollcall.attendance.CorrectMarks;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.receipts.Receipts;
import dev.rollcall.store.function.FunctionOutbox;
import dev.rollcall.store.function.FunctionReceiptStore;
import dev.rollcall.store.function.FunctionWebhookStore;
import dev.rollcall.webhooks.DeliveryLoop;
import dev.rollcall.webhooks.HttpSender;
import dev.rollcall.webhooks.ManageWebhooks;
import dev.rollcall.webhooks.Outbox;
import dev.rollcall.webhooks.TargetRules;
import dev.rollcall.webhooks.WebhookStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Creates the receipts and the webhooks, and starts and stops the delivery of these. */
@ApplicationScoped
class WebhookWiring {

    /** Most time of one attempt: Standard Webhooks advises 15 to 30 seconds, and shorter ones let others have their turn sooner. */
    private static final Duration ATTEMPT = Duration.ofSeconds(15);

    @Produces
    @Singleton
    TargetRules targetRules(Settings settings) {
        return new TargetRules(settings.webhookTargets() == Settings.Targets.PRIVATE);
    }

    @Produces
    @Singleton
    WebhookStore webhookStore(Backend backend, Settings settings) {
        return new FunctionWebhookStore(backend.functions(), SecuritySettings.secretSeal(settings));
    }

    @Produces
    @Singleton
    FunctionOutbox outbox(Backend backend, Settings settings) {
        return new FunctionOutbox(backend.functions(), SecuritySettings.secretSeal(settings));
    }

    @Produces
    @Singleton
    HttpSender httpSender(TargetRules rules) {
        return new HttpSender(rules, ATTEMPT);
    }

    @Produces
    @Singleton
    DeliveryLoop deliveryLoop(Outbox outbox, HttpSender sender, Clock clock) {
        return new DeliveryLoop(outbox, sender, clock);
    }

    @Produces
    @Singleton
    ManageWebhooks manageWebhooks(WebhookStore store, TargetRules rules, DeliveryLoop loop, Clock clock) {
        return new ManageWebhooks(store, rules, loop::wake, clock);
    }

    @Produces
    @Singleton
    Receipts receipts(Backend backend, Settings settings, CorrectMarks marks, Clock clock) {
        return new Receipts(
                marks, new FunctionReceiptStore(backend.functions(), SecuritySettings.secretSeal(settings)), clock);
    }

    void start(@Observes StartupEvent event, DeliveryLoop loop) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event, DeliveryLoop loop, HttpSender sender) {
        loop.close();
        sender.close();
    }
}
