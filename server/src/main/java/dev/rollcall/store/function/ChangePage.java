package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.TemplateChanges.ChangedPerson;
import dev.rollcall.people.TemplateChanges.NumberedTemplate;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** People and their templates as the function {@code list_changed_templates} returns them: a list for each field. */
public final class ChangePage {

    private final Numbers numbers;
    private final People people;
    private final Stored stored;

    /**
     * Holds a page.
     *
     * @throws IllegalArgumentException if the lists don't fit together
     */
    public ChangePage(Numbers numbers, People people, Stored stored) {
        int templates = people.counts().stream().mapToInt(Integer::intValue).sum();
        if (templates != stored.keys().size()) {
            throw new IllegalArgumentException(
                    templates + " templates, and data of " + stored.keys().size());
        }
        this.numbers = numbers;
        this.people = people;
        this.stored = stored;
    }

    /** The numbers of the last change, and of the last one that is forgotten. */
    public record Numbers(long last, long forgotten) {}

    /** The changed people: an element of each list for each of them; a site may be an empty text. */
    public record People(List<String> userIds, List<String> sites, List<Boolean> active, List<Integer> counts) {}

    /** The templates of all people, one behind the other. */
    public static final class Stored {

        private final List<Long> ids;
        private final List<String> keys;
        private final byte[] embeddings;

        /**
         * Holds templates.
         *
         * @param keys the id of the key under which each template is encrypted, or an empty text
         * @param embeddings their stored forms, one behind the other; not copied
         * @throws IllegalArgumentException if the lists don't fit together
         */
        public Stored(List<Long> ids, List<String> keys, byte[] embeddings) {
            int length = keys.stream().mapToInt(Stored::length).sum();
            if (ids.size() != keys.size() || embeddings.length != length) {
                throw new IllegalArgumentException(
                        ids.size() + " templates can't have " + embeddings.length + " bytes");
            }
            this.ids = List.copyOf(ids);
            this.keys = List.copyOf(keys);
            this.embeddings = embeddings;
        }

        private List<String> keys() {
            return keys;
        }

        private static int length(String key) {
            return TemplateSeal.length(keyOrNull(key));
        }

        private static @Nullable String keyOrNull(String key) {
            return key.isEmpty() ? null : key;
        }
    }

    /** A page without changes. */
    public static ChangePage empty(long forgotten) {
        return new ChangePage(
                new Numbers(0, forgotten),
                new People(List.of(), List.of(), List.of(), List.of()),
                new Stored(List.of(), List.of(), new byte[0]));
    }

    /** Reads a page from JSON, with the bytes as PostgreSQL writes them in text. */
    public static ChangePage of(JsonNode answer) {
        AnswerRow page = AnswerRow.of("list_changed_templates", answer);
        if (page.isNull("last")) {
            return empty(page.whole("forgotten"));
        }
        boolean none = page.isNull("ids");
        return new ChangePage(
                new Numbers(page.whole("last"), page.whole("forgotten")),
                new People(page.texts("user_ids"), page.texts("sites"), page.flags("active"), page.integers("counts")),
                none
                        ? new Stored(List.of(), List.of(), new byte[0])
                        : new Stored(
                                page.wholes("ids"),
                                page.texts("sealed_with"),
                                HexFormat.of()
                                        .parseHex(
                                                page.text("embeddings").substring(TemplatePage.HEX_PREFIX.length()))));
    }

    /**
     * The changes that the page shows.
     *
     * @param after the number that was asked for
     * @param limit the most people that were asked for
     */
    TemplateChanges changes(String modelId, TemplateSeal seal, long after, int limit) {
        List<ChangedPerson> changed = new ArrayList<>();
        int next = 0;
        int start = 0;
        for (int i = 0; i < people.userIds().size(); i++) {
            String userId = people.userIds().get(i);
            List<NumberedTemplate> templates = new ArrayList<>();
            for (int end = next + people.counts().get(i); next < end; next++) {
                String key = stored.keys.get(next);
                byte[] bytes = Arrays.copyOfRange(stored.embeddings, start, start + Stored.length(key));
                TemplateSeal.Sealed sealed = new TemplateSeal.Sealed(bytes, Stored.keyOrNull(key));
                templates.add(new NumberedTemplate(
                        stored.ids.get(next), seal.open(sealed, new TemplateSeal.Owner(userId, modelId))));
                start += bytes.length;
            }
            String site = people.sites().get(i);
            changed.add(new ChangedPerson(
                    new UserId(userId),
                    site.isEmpty() ? null : site,
                    people.active().get(i),
                    templates));
        }
        boolean complete = changed.size() < limit;
        return new TemplateChanges(changed.isEmpty() ? after : numbers.last(), numbers.forgotten(), complete, changed);
    }
}
