package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.PinStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PINs in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionPinStore implements PinStore {

    private final DatabaseFunctions functions;

    public FunctionPinStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public boolean set(UserId userId, @Nullable String hash, Instant at, Caller caller) {
        return !functions
                .call(FunctionCall.writes("set_pin")
                        .with("p_user_id", userId.value())
                        .with("p_hash", hash)
                        .with("p_at", at)
                        .with("p_caller", Json.json(caller)))
                .isNull();
    }

    @Override
    public Optional<Credentials> find(UserId userId) {
        JsonNode found = functions.call(FunctionCall.reads("find_credentials").with("p_user_id", userId.value()));
        if (found.isNull()) {
            return Optional.empty();
        }
        AnswerRow row = AnswerRow.of("find_credentials", found);
        return Optional.of(new Credentials(row.instantOrNull("pin_set_at"), row.instantOrNull("badge_issued_at")));
    }

    @Override
    public Attempt count(Attempted attempted, Limits limits) {
        AnswerRow answer = AnswerRow.of(
                "count_pin_attempt",
                functions.call(FunctionCall.writes("count_pin_attempt")
                        .with("p_user_id", attempted.userId().value())
                        .with("p_key_id", attempted.keyId())
                        .with("p_site", attempted.site())
                        .with("p_at", attempted.at())
                        .with("p_limits", json(limits))));
        String code = answer.text("code");
        return switch (code) {
            case "COUNTED" -> new Attempt.Counted(known(answer));
            case "LOCKED" -> new Attempt.Locked(answer.instant("until"));
            default -> throw new IllegalStateException("count_pin_attempt returned " + code);
        };
    }

    private static @Nullable Known known(AnswerRow answer) {
        String hash = answer.textOrNull("pin_hash");
        return hash == null ? null : new Known(answer.text("name"), hash);
    }

    @Override
    public void end(Attempted attempted, boolean isTakenBack, Limits limits, Caller caller) {
        functions.call(FunctionCall.writes("end_pin_attempt")
                .with("p_user_id", attempted.userId().value())
                .with("p_key_id", attempted.keyId())
                .with("p_is_taken_back", isTakenBack)
                .with("p_at", attempted.at())
                .with("p_limits", json(limits))
                .with("p_caller", Json.json(caller)));
    }

    @Override
    public void sweep(Instant before) {
        functions.call(FunctionCall.writesOnce("sweep_pin_attempts").with("p_before", before));
    }

    private static JsonNode json(Limits limits) {
        return Json.MAPPER
                .createObjectNode()
                .put("window_s", limits.window().toSeconds())
                .put("per_person", limits.perPerson())
                .put("per_key", limits.perKey());
    }
}
