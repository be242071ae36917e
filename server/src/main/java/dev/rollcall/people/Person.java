package dev.rollcall.people;

import dev.rollcall.engine.Embedding;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled person.
 *
 * @param userId the caller's identifier of the person
 * @param name the person's name
 * @param active false for a person who is neither recognised nor marked
 * @param site the only site where the person is recognised, or null for every site
 * @param lookAlikes the people of whom an administrator has declared that they look like this one
 * @param templates the embeddings of one model, oldest first
 */
public record Person(
        UserId userId,
        String name,
        boolean active,
        @Nullable String site,
        Set<UserId> lookAlikes,
        List<Embedding> templates) {

    public Person {
        lookAlikes = Set.copyOf(lookAlikes);
        templates = List.copyOf(templates);
    }
}
