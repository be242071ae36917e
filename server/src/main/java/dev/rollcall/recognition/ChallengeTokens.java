package dev.rollcall.recognition;

import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.Refusal;
import java.util.List;
import java.util.Optional;

/** The tokens of passed challenges. Implementations are safe for use by several threads. */
public interface ChallengeTokens {

    /**
     * Uses a token up, whatever the result.
     *
     * @param site the site of the mark
     * @param faces of the marking call, each of which must be the face of the challenge
     * @return why the token doesn't count; empty if it does
     */
    Optional<Refusal> use(ChallengeToken token, String site, List<Embedding> faces);
}
