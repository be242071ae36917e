package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.engine.Embedding;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.usecase.PeopleStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** People and templates in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionPeopleStore implements PeopleStore {

    private static final int TEMPLATES_AT_ONCE = 250;

    private final DatabaseFunctions functions;

    public FunctionPeopleStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Optional<Person> find(UserId userId, String modelId) {
        JsonNode found = functions.call(FunctionCall.reads("find_person")
                .with("p_user_id", userId.value())
                .with("p_model", modelId));
        if (found.isNull()) {
            return Optional.empty();
        }
        List<Embedding> templates = new ArrayList<>();
        found.path("templates").forEach(hex -> templates.add(embedding(hex)));
        return Optional.of(new Person(userId, found.path("name").asText(), templates));
    }

    @Override
    public OptionalInt enroll(NewTemplate wanted) {
        Template template = wanted.template();
        JsonNode answer = functions.call(FunctionCall.writes("enroll_person")
                .with("p_user_id", wanted.userId().value())
                .with("p_name", wanted.name().value())
                .with("p_model", template.modelId())
                .with(
                        "p_embedding",
                        HexFormat.of().formatHex(template.embedding().toBytes()))
                .with("p_quality", template.quality())
                .with("p_at", template.at())
                .with("p_replace", wanted.keep().replace())
                .with("p_max_templates", wanted.keep().maxTemplates())
                .with("p_checked_up_to", wanted.checkedUpTo()));
        return answer.path("code").asText().equals("ENROLLED")
                ? OptionalInt.of(answer.path("templates").asInt())
                : OptionalInt.empty();
    }

    @Override
    public long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
        long last = afterId;
        TemplatePage page;
        do {
            page = functions.templates(modelId, last, TEMPLATES_AT_ONCE);
            page.show(visitor);
            last = page.last().orElse(last);
        } while (page.size() == TEMPLATES_AT_ONCE);
        return last;
    }

    @Override
    public List<EnrolledPerson> list(String modelId, @Nullable UserId after, int limit) {
        return listed(modelId, null, after, limit);
    }

    @Override
    public Optional<EnrolledPerson> read(UserId userId, String modelId) {
        return listed(modelId, userId, null, 1).stream().findFirst();
    }

    private List<EnrolledPerson> listed(String modelId, @Nullable UserId only, @Nullable UserId after, int limit) {
        JsonNode rows = functions.call(FunctionCall.reads("list_people")
                .with("p_model", modelId)
                .with("p_user_id", only == null ? null : only.value())
                .with("p_after", after == null ? null : after.value())
                .with("p_limit", limit));
        List<EnrolledPerson> people = new ArrayList<>();
        for (JsonNode row : rows) {
            people.add(new EnrolledPerson(
                    new UserId(row.path("user_id").asText()),
                    row.path("name").asText(),
                    Json.instant(row.path("created_at")),
                    Json.instant(row.path("updated_at")),
                    row.path("templates").asInt()));
        }
        return people;
    }

    @Override
    public Optional<Erasure> erase(UserId userId, Instant at) {
        JsonNode removed = functions.call(FunctionCall.writes("erase_person")
                .with("p_user_id", userId.value())
                .with("p_at", at));
        return removed.isNull()
                ? Optional.empty()
                : Optional.of(new Erasure(
                        removed.path("templates_removed").asInt(),
                        removed.path("marks_kept").asInt()));
    }

    private static Embedding embedding(JsonNode hex) {
        return Embedding.fromBytes(HexFormat.of().parseHex(hex.asText()));
    }
}
