package dev.rollcall.people;

import dev.rollcall.engine.Embedding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * People whose templates, activity or site changed, in the order of their last changes.
 *
 * @param last the number of the last change listed, or the number that was asked for if there is none
 * @param forgotten the number up to which changes of erased people are no longer listed: who has read fewer changes must read
 *     all again
 * @param complete whether there are no more changes
 */
public record TemplateChanges(long last, long forgotten, boolean complete, List<ChangedPerson> people) {

    public TemplateChanges {
        people = List.copyOf(people);
    }

    /**
     * A person as of now.
     *
     * @param site the site that the person is bound to, or null for none
     * @param active false also for a person who was erased
     * @param templates all templates of the model; none for a person who was erased
     */
    public record ChangedPerson(
            UserId userId, @Nullable String site, boolean active, List<NumberedTemplate> templates) {

        public ChangedPerson {
            templates = List.copyOf(templates);
        }
    }

    /**
     * A stored template.
     *
     * @param id greater than those of all templates that were stored before
     */
    public record NumberedTemplate(long id, Embedding embedding) {}
}
