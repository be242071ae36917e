package dev.rollcall.store.function;

import dev.rollcall.recognition.challenge.ChallengeStore;
import dev.rollcall.recognition.challenge.ChallengesInMemory;

/** The store by which the use cases of challenges are tested does what every store of challenges must do. */
class ChallengesInMemoryTest implements ChallengeStoreContract {

    private final ChallengesInMemory store = new ChallengesInMemory();

    @Override
    public ChallengeStore challenges() {
        return store;
    }
}
