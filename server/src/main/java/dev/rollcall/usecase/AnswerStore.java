package dev.rollcall.usecase;

import dev.rollcall.people.UserId;
import dev.rollcall.usecase.KeptAnswer.Attempt;
import java.time.Instant;
import java.util.Optional;

/** Where answers are kept for repeated requests. Every method may throw {@link StoreUnavailableException}. */
public interface AnswerStore {

    /** What is kept under a key and has not expired. */
    Optional<KeptAnswer> find(String key, Instant now);

    /**
     * Keeps a refusal.
     *
     * @return what is kept then: another request's answer, if that came first
     */
    KeptAnswer keep(Attempt attempt, UserId userId, Refusal refusal, Instant now);

    /** Removes every answer that has expired, and what imports left unfinished; answers how many answers there were. */
    int sweep(Instant now);
}
