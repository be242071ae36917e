package dev.rollcall.recognition;

import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import java.util.List;
import java.util.Optional;

/** The tokens of passed challenges. Implementations are safe for use by several threads. */
public interface ChallengeTokens {

    /**
     * Uses a token up, whatever the result, for all requests but repetitions of this one.
     *
     * @param site the site of the mark
     * @param attempt the idempotency key of the marking call
     * @param faces of the marking call, each of which must be the face of the challenge
     * @return why the token doesn't count; empty if it does
     */
    Optional<Refusal> use(ChallengeToken token, String site, Optional<Attempt> attempt, List<Embedding> faces);
}
