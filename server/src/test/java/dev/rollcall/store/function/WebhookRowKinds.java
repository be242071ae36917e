package dev.rollcall.store.function;

import static dev.rollcall.store.function.RowKind.TIME;
import static dev.rollcall.store.function.RowKind.kind;

import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.WebhookStore.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds of rows about webhooks and the keys of receipts. */
final class WebhookRowKinds {

    private static final SecretSeal SEAL = new SecretSeal(Optional.empty(), Optional.empty());
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String FAILURES =
            "'failures': 0, 'failing_since': null, 'retry_at': null, 'dead_since': null, 'dead_reason': null";
    private static final String WEBHOOK = "{'id': '0123456789ab', 'name': 'hr', 'url': 'https://hr.example/',"
            + " 'events': ['mark.created'], 'state': 'enabled', " + FAILURES
            + ", 'waiting': 0, 'old_secret_until': null, 'created_at': " + TIME + ", 'updated_at': " + TIME + "}";
    private static final String DELIVERY =
            "{'id': 1, 'event': '00000000-0000-4000-8000-000000000000', 'kind': 'mark.created', 'at': " + TIME
                    + ", 'site': null, 'user_id': null, 'content': {}, 'subject': 'person ann', 'state': 'waiting',"
                    + " 'attempts': 0, 'first_at': null, 'last_at': null, 'next_at': " + TIME
                    + ", 'status': null, 'problem': null, 'millis': null}";
    private static final String TAKEN = "{'id': '0123456789ab', 'url': 'https://hr.example/', 'secret': 'plain:AAAA',"
            + " 'old_secret': 'plain:AAAA', 'old_secret_until': '2026-11-23T08:00:00+00:00', " + FAILURES + "}";

    /** The pair of RFC 8410, section 10. */
    private static final String KEY =
            "'id': '0123456789abcdef', 'public_key': '19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1',"
                    + " 'created_at': " + TIME + ", 'replaced_at': null";

    private WebhookRowKinds() {}

    static List<RowKind> all() {
        return List.of(
                kind("listed webhook", "[" + WEBHOOK + "]", f -> webhooks(f).webhooks()),
                kind("webhook", WEBHOOK, f -> webhooks(f).find("0123456789ab")),
                kind("delivery", "[" + DELIVERY + "]", f -> webhooks(f)
                        .deliveries(new Query("0123456789ab", null, null, 5))),
                kind(
                        "deliveries that are due",
                        "{'any': true, 'webhook': " + TAKEN + ", 'deliveries': [" + DELIVERY + "]}",
                        f -> new FunctionOutbox(f, SEAL).take(new Lease("me", Duration.ofSeconds(60)), 1, NOW)),
                new RowKind("public key of receipts", "[{" + KEY + "}]", Set.of("id"), f -> receipts(f)
                        .keys()),
                kind(
                        "key of receipts",
                        "{" + KEY
                                + ", 'private_key': 'plain:MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC'}",
                        f -> receipts(f).signing()));
    }

    private static FunctionWebhookStore webhooks(DatabaseFunctions functions) {
        return new FunctionWebhookStore(functions, SEAL);
    }

    private static FunctionReceiptStore receipts(DatabaseFunctions functions) {
        return new FunctionReceiptStore(functions, SEAL);
    }
}
