package dev.rollcall.store.function;

import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.PersonDetails;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Bulk enrollment in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionImportStore implements PersonDetails {

    private final DatabaseFunctions functions;

    public FunctionImportStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public boolean set(UserId userId, @Nullable String group, @Nullable String externalId, Instant at, Caller caller) {
        AnswerRow answer = AnswerRow.of(
                "set_person_details",
                functions.call(FunctionCall.writesOnce("set_person_details")
                        .with("p_user_id", userId.value())
                        .with("p_group", group)
                        .with("p_external_id", externalId)
                        .with("p_at", at)
                        .with("p_caller", Json.json(caller))));
        return !answer.text("code").equals("EXTERNAL_ID_TAKEN");
    }
}
