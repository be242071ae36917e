package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.engine.Embedding;
import dev.rollcall.people.UserId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Templates as the function {@code list_templates} returns them: their user ids, and their stored forms concatenated. */
public final class TemplatePage {

    /** How PostgreSQL begins bytes in text. */
    static final String HEX_PREFIX = "\\x";

    private final OptionalLong last;
    private final List<String> owners;
    private final List<String> keys;
    private final byte[] embeddings;

    /**
     * Holds a page.
     *
     * @param last the greatest id, or empty if there is no template
     * @param owners a user id for each template
     * @param keys the id of the key under which each template is encrypted, or an empty text
     * @param embeddings their stored forms, one behind the other; not copied
     */
    public TemplatePage(OptionalLong last, List<String> owners, List<String> keys, byte[] embeddings) {
        int length = keys.stream().mapToInt(TemplatePage::length).sum();
        if (owners.size() != keys.size() || embeddings.length != length) {
            throw new IllegalArgumentException(owners.size() + " templates can't have " + embeddings.length + " bytes");
        }
        this.last = last;
        this.owners = List.copyOf(owners);
        this.keys = List.copyOf(keys);
        this.embeddings = embeddings;
    }

    /** A page without templates, behind the last one. */
    public static TemplatePage empty() {
        return new TemplatePage(OptionalLong.empty(), List.of(), List.of(), new byte[0]);
    }

    /** Reads a page from JSON, with the bytes as PostgreSQL writes them in text. */
    public static TemplatePage of(JsonNode answer) {
        AnswerRow page = AnswerRow.of("list_templates", answer);
        if (page.isNull("last")) {
            return empty();
        }
        String hex = page.text("embeddings").substring(HEX_PREFIX.length());
        return new TemplatePage(
                OptionalLong.of(page.whole("last")),
                page.texts("user_ids"),
                page.texts("sealed_with"),
                HexFormat.of().parseHex(hex));
    }

    OptionalLong last() {
        return last;
    }

    int size() {
        return owners.size();
    }

    void show(String modelId, TemplateSeal seal, BiConsumer<UserId, Embedding> visitor) {
        int start = 0;
        for (int i = 0; i < owners.size(); i++) {
            String owner = owners.get(i);
            int length = length(keys.get(i));
            TemplateSeal.Sealed sealed = new TemplateSeal.Sealed(
                    Arrays.copyOfRange(embeddings, start, start + length), keyOrNull(keys.get(i)));
            visitor.accept(new UserId(owner), seal.open(sealed, new TemplateSeal.Owner(owner, modelId)));
            start += length;
        }
    }

    private static int length(String key) {
        return TemplateSeal.length(keyOrNull(key));
    }

    private static @Nullable String keyOrNull(String key) {
        return key.isEmpty() ? null : key;
    }
}
