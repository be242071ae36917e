package dev.rollcall.recognition.bulk;

import dev.rollcall.keys.Caller;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleDirectory.Change;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sets what a list says about people by the same change that administrators make. Safe for use by several threads. */
public final class DirectoryDetails implements PersonDetails {

    private final PeopleDirectory directory;
    private final String modelId;

    /**
     * Creates one.
     *
     * @param modelId the model whose templates the directory counts
     */
    public DirectoryDetails(PeopleDirectory directory, String modelId) {
        this.directory = directory;
        this.modelId = modelId;
    }

    @Override
    public boolean set(UserId userId, @Nullable String group, @Nullable String externalId, Instant at, Caller caller) {
        PersonChange change = new PersonChange(null, label(group), label(externalId), null, null);
        return !(directory.change(userId, change, modelId, new Change(at, caller)) instanceof Changing.ExternalIdTaken);
    }

    private static @Nullable Label label(@Nullable String text) {
        return text == null ? null : new Label(text);
    }
}
