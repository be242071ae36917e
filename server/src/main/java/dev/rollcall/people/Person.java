package dev.rollcall.people;

import dev.rollcall.engine.Embedding;
import java.util.List;

/**
 * An enrolled person.
 *
 * @param userId the caller's identifier of the person
 * @param name the person's name
 * @param templates the embeddings of one model, oldest first
 */
public record Person(UserId userId, String name, List<Embedding> templates) {

    public Person {
        templates = List.copyOf(templates);
    }
}
