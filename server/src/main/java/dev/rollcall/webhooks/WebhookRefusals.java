package dev.rollcall.webhooks;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Map;

/** The refusals about webhooks. */
public final class WebhookRefusals {

    private WebhookRefusals() {}

    /** There is no webhook with the id. */
    public static Refusal notFound() {
        return new Refusal(Code.WEBHOOK_NOT_FOUND, "There is no webhook with this id.");
    }

    /** The webhook has no delivery with the id. */
    public static Refusal deliveryNotFound() {
        return new Refusal(Code.DELIVERY_NOT_FOUND, "This webhook has no delivery with this id.");
    }

    /** There are as many webhooks as there may be. */
    public static Refusal tooMany() {
        return new Refusal(
                Code.TOO_MANY_WEBHOOKS,
                "There are " + ManageWebhooks.MOST + " webhooks, the most there may be. Delete one first.",
                Map.of("most", ManageWebhooks.MOST));
    }

    /** Events may not be sent to the address. */
    public static Refusal urlNotAllowed() {
        return new Refusal(
                Code.INVALID_REQUEST,
                "url must be an https address of a public host, with its usual port or one from 1024 on, and without a user and a"
                        + " fragment; WEBHOOK_TARGETS=private allows others.",
                Map.of("field", "url"));
    }
}
