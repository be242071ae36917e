package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.PhoneLink;
import dev.rollcall.keys.PhoneLinkStore;
import java.time.Instant;
import java.util.Optional;

/** Links for people's phones in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionPhoneLinkStore implements PhoneLinkStore {

    private final DatabaseFunctions functions;

    public FunctionPhoneLinkStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Creation create(NewPhoneLink link, int mostPhones, Caller caller) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("user_id", link.userId())
                .put("link_hash", link.hash())
                .put("site", link.site());
        AnswerRow answer = AnswerRow.of(
                "create_phone_link",
                functions.call(FunctionCall.writes("create_phone_link")
                        .with("p_link", json)
                        .with("p_at", link.at())
                        .with("p_expires_at", link.expiresAt())
                        .with("p_most", mostPhones)
                        .with("p_caller", Json.json(caller))));
        String code = answer.text("code");
        return code.equals("CREATED")
                ? new Creation.Created(link(answer.object("link")))
                : new Creation.Not(Reason.valueOf(code));
    }

    @Override
    public Optional<PhoneLink> read(String userId, Instant now) {
        return linkOrNothing(functions.call(
                FunctionCall.reads("read_phone_link").with("p_user_id", userId).with("p_at", now)));
    }

    @Override
    public Optional<PhoneLink> cancel(String userId, Instant now, Caller caller) {
        return linkOrNothing(functions.call(FunctionCall.writes("cancel_phone_link")
                .with("p_user_id", userId)
                .with("p_at", now)
                .with("p_caller", Json.json(caller))));
    }

    @Override
    public Redemption redeem(String hash, String name, NewDevice phone, String network, AttemptLimits limits) {
        AnswerRow answer = AnswerRow.of(
                "redeem_phone_link",
                functions.call(FunctionCall.writes("redeem_phone_link")
                        .with("p_link_hash", hash)
                        .with("p_key_hash", phone.keyHash())
                        .with("p_name", name)
                        .with("p_device_version", phone.version())
                        .with("p_network", network)
                        .with("p_at", phone.at())
                        .with("p_limits", FunctionPairingStore.json(limits))
                        .with("p_caller", Json.json(phone.caller()))));
        String code = answer.text("code");
        return switch (code) {
            case "LINKED" -> new Redemption.Linked(FunctionApiKeyStore.key(answer.object("key")));
            case "INVALID" -> new Redemption.Invalid();
            case "LOCKED" -> new Redemption.Locked(answer.instant("until"));
            default -> throw new IllegalStateException("redeem_phone_link returned " + code);
        };
    }

    @Override
    public void sweep(Instant now) {
        functions.call(FunctionCall.writesOnce("sweep_phone_links").with("p_at", now));
    }

    private static Optional<PhoneLink> linkOrNothing(JsonNode answer) {
        return answer.isNull() ? Optional.empty() : Optional.of(link(AnswerRow.of("phone link", answer)));
    }

    private static PhoneLink link(AnswerRow row) {
        return new PhoneLink(
                row.text("user_id"),
                row.text("site"),
                row.instant("created_at"),
                row.instant("expires_at"),
                row.textOrNull("key_id"));
    }
}
