package dev.rollcall.recognition;

import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import java.time.Instant;
import java.util.Optional;

/** Where answers are kept for repeated requests. Every method may throw {@link StoreUnavailableException}. */
public interface AnswerStore {

    /** What is kept under a key and has not expired. */
    Optional<KeptAnswer> find(String key, Instant now);

    /** A match in the form in which it is kept together with a mark. */
    String text(Match match);

    /**
     * Keeps a refusal.
     *
     * @return what is kept then
     */
    Keeping keep(Attempt attempt, UserId userId, Refusal refusal, Instant now);

    /** Removes every answer that has expired, and what imports left unfinished; answers how many answers there were. */
    int sweep(Instant now);

    /**
     * What is kept under a key after an answer was to be kept.
     *
     * @param repeated whether it was kept before: by another request, or by this one if the store made the call again
     *     because its answer was lost
     */
    record Keeping(KeptAnswer kept, boolean repeated) {}
}
