package dev.rollcall.recognition.bulk;

import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The store of what a list of people says about them beside name and consent. */
public interface PersonDetails {

    /**
     * Sets group and external_id of an enrolled person.
     *
     * @param group null to leave it as it is
     * @param externalId null to leave it as it is
     * @return false, and nothing written, if the external_id is another person's
     */
    boolean set(UserId userId, @Nullable String group, @Nullable String externalId, Instant at, Caller caller);
}
