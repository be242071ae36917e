package dev.rollcall.store.function;

import dev.rollcall.engine.Embedding;
import dev.rollcall.people.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Templates as the function {@code list_templates} answers them: whose they are, and their stored forms in a row. */
public final class TemplatePage {

    private final OptionalLong last;
    private final List<String> owners;
    private final byte[] embeddings;

    /**
     * Holds a page.
     *
     * @param last the greatest id, or empty if there is no template
     * @param owners a user id for each template
     * @param embeddings their stored forms, one behind the other; not copied
     */
    public TemplatePage(OptionalLong last, List<String> owners, byte[] embeddings) {
        if (embeddings.length != owners.size() * Embedding.STORED_BYTES) {
            throw new IllegalArgumentException(owners.size() + " templates can't have " + embeddings.length + " bytes");
        }
        this.last = last;
        this.owners = List.copyOf(owners);
        this.embeddings = embeddings;
    }

    OptionalLong last() {
        return last;
    }

    int size() {
        return owners.size();
    }

    void show(BiConsumer<UserId, Embedding> visitor) {
        int start = 0;
        for (String owner : owners) {
            byte[] stored = Arrays.copyOfRange(embeddings, start, start + Embedding.STORED_BYTES);
            visitor.accept(new UserId(owner), Embedding.fromBytes(stored));
            start += Embedding.STORED_BYTES;
        }
    }
}
