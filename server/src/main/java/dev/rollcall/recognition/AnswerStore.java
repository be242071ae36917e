package dev.rollcall.recognition;

import dev.rollcall.outcome.Refusal;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of kept answers for repeated requests. Every method may throw {@link StoreUnavailableException}. */
public interface AnswerStore {

    /** The answer under a key, unless it has expired. */
    Optional<KeptAnswer> find(String key, Instant now);

    /** A basis in the form in which it is kept together with a mark. */
    String text(MarkBasis basis);

    /**
     * Stores a refusal, unless the key has an answer already.
     *
     * @param userId the person concerned, or null where nobody was identified
     * @return the answer under the key
     */
    Keeping keep(Attempt attempt, @Nullable UserId userId, Refusal refusal, Instant now);

    /** Removes expired answers and rows of unfinished imports; returns the number of answers. */
    int sweep(Instant now);

    /**
     * The answer under a key after a call of {@link #keep}.
     *
     * @param repeated whether it was stored before: by another request, or by this one if the store repeated the call
     *     because the result was lost
     */
    record Keeping(KeptAnswer kept, boolean repeated) {}
}
