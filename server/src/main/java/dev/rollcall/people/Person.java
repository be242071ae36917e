package dev.rollcall.people;

import dev.rollcall.engine.Embedding;
import java.util.List;

/**
 * Somebody enrolled.
 *
 * @param userId the caller's name for the person
 * @param name the person's name for people to read
 * @param templates the embeddings of one model, oldest first
 */
public record Person(UserId userId, String name, List<Embedding> templates) {

    public Person {
        templates = List.copyOf(templates);
    }
}
