package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.keys.By;
import dev.rollcall.receipts.ReceiptKey;
import dev.rollcall.receipts.ReceiptStore;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The keys of receipts in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionReceiptStore implements ReceiptStore {

    private final DatabaseFunctions functions;
    private final SecretSeal seal;

    public FunctionReceiptStore(DatabaseFunctions functions, SecretSeal seal) {
        this.functions = functions;
        this.seal = seal;
    }

    @Override
    public List<ReceiptKey> keys() {
        return AnswerRow.list("list_receipt_keys", functions.call(FunctionCall.reads("list_receipt_keys"))).stream()
                .map(FunctionReceiptStore::key)
                .toList();
    }

    @Override
    public Optional<Signing> signing() {
        JsonNode found = functions.call(FunctionCall.reads("signing_receipt_key"));
        return found.isNull() ? Optional.empty() : Optional.of(signing(AnswerRow.of("signing_receipt_key", found)));
    }

    private Signing signing(AnswerRow row) {
        SecretSeal.Opening opening = seal.open(row.text("private_key"), purpose(row.text("id")));
        return opening instanceof SecretSeal.Opening.Opened opened
                ? new Signing.Ready(ReceiptKey.Pair.of(key(row), opened.secret()))
                : new Signing.Locked(((SecretSeal.Opening.Failed) opening).reason());
    }

    @Override
    public ReceiptKey.Pair offer(ReceiptKey.Pair pair, boolean replace, By by) {
        String id = pair.key().id();
        JsonNode key = Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("public_key", HexFormat.of().formatHex(pair.key().raw()))
                .put("private_key", seal.seal(pair.privateKey().getEncoded(), purpose(id)));
        return pair(AnswerRow.of(
                "offer_receipt_key",
                functions.call(by(
                        FunctionCall.writes("offer_receipt_key")
                                .with("p_key", key)
                                .with("p_replace", replace),
                        by))));
    }

    @Override
    public boolean remove(String id, By by) {
        return functions
                .call(by(FunctionCall.writes("remove_receipt_key").with("p_id", id), by))
                .booleanValue();
    }

    @Override
    public long reseal(By by) {
        JsonNode found = functions.call(FunctionCall.reads("signing_receipt_key"));
        if (found.isNull()) {
            return 0;
        }
        AnswerRow key = AnswerRow.of("signing_receipt_key", found);
        String stored = key.text("private_key");
        if (seal.isPresent(stored)) {
            return 0;
        }
        String purpose = purpose(key.text("id"));
        JsonNode replaced = functions.call(by(
                FunctionCall.writesOnce("reseal_receipt_key")
                        .with("p_id", key.text("id"))
                        .with("p_was", stored)
                        .with("p_private_key", seal.seal(seal.opened(stored, purpose), purpose)),
                by));
        return replaced.booleanValue() ? 1 : 0;
    }

    private static FunctionCall by(FunctionCall call, By by) {
        return call.with("p_at", by.at()).with("p_caller", Json.json(by.caller()));
    }

    private ReceiptKey.Pair pair(AnswerRow row) {
        return ReceiptKey.Pair.of(key(row), seal.opened(row.text("private_key"), purpose(row.text("id"))));
    }

    private static ReceiptKey key(AnswerRow row) {
        return ReceiptKey.of(
                HexFormat.of().parseHex(row.text("public_key")),
                row.instant("created_at"),
                row.instantOrNull("replaced_at"));
    }

    private static String purpose(String id) {
        return "the private key of receipts " + id;
    }
}
