package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeoplePosition;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Profile;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People as they are listed and changed, in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionPeopleDirectory implements PeopleDirectory {

    private final DatabaseFunctions functions;

    public FunctionPeopleDirectory(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public List<EnrolledPerson> list(PeopleQuery query, String modelId) {
        PeopleOrder order = query.order();
        JsonNode rows = functions.call(FunctionCall.reads("list_people")
                .with("p_model", modelId)
                .with("p_filter", json(query.filter()))
                .with("p_sort", order.field().name().toLowerCase(Locale.ROOT))
                .with("p_descending", order.descending())
                .with("p_after", json(query.after()))
                .with("p_limit", query.limit()));
        List<EnrolledPerson> people = new ArrayList<>();
        for (AnswerRow row : AnswerRow.list("list_people", rows)) {
            people.add(person(row));
        }
        return people;
    }

    @Override
    public long count(PeopleQuery.Filter filter, String modelId) {
        return functions
                .call(FunctionCall.reads("count_people")
                        .with("p_model", modelId)
                        .with("p_filter", json(filter)))
                .longValue();
    }

    @Override
    public List<ListedName> names(NamesQuery query) {
        UserId after = query.after();
        JsonNode rows = functions.call(FunctionCall.reads("list_names")
                .with("p_site", query.site())
                .with("p_prefix", query.prefix())
                .with("p_after", after == null ? null : after.value())
                .with("p_limit", query.limit()));
        List<ListedName> names = new ArrayList<>();
        for (AnswerRow row : AnswerRow.list("list_names", rows)) {
            names.add(new ListedName(new UserId(row.text("user_id")), row.text("name")));
        }
        return names;
    }

    private static ObjectNode json(PeopleQuery.Filter filter) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        UserId userId = filter.userId();
        if (userId != null) {
            json.put("user_id", userId.value());
        }
        if (filter.text() != null) {
            json.put("q", filter.text());
        }
        put(json, "group", filter.group());
        put(json, "site", filter.site());
        if (filter.active() != null) {
            json.put("active", filter.active());
        }
        if (filter.hasTemplates() != null) {
            json.put("has_templates", filter.hasTemplates());
        }
        return json;
    }

    private static void put(ObjectNode json, String field, @Nullable Label label) {
        if (label != null) {
            json.put(field, label.text());
        }
    }

    private static @Nullable JsonNode json(@Nullable PeoplePosition after) {
        return after == null
                ? null
                : Json.MAPPER
                        .createObjectNode()
                        .put("user_id", after.userId().value())
                        .put("value", after.value());
    }

    @Override
    public Optional<EnrolledPerson> read(UserId userId, String modelId) {
        JsonNode row = functions.call(FunctionCall.reads("read_person")
                .with("p_user_id", userId.value())
                .with("p_model", modelId));
        return row.isNull() ? Optional.empty() : Optional.of(person(AnswerRow.of("read_person", row)));
    }

    private static EnrolledPerson person(AnswerRow row) {
        return new EnrolledPerson(
                new UserId(row.text("user_id")),
                new Profile(
                        row.text("name"),
                        row.textOrNull("group"),
                        row.textOrNull("external_id"),
                        row.flag("active"),
                        row.textOrNull("site")),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.instantOrNull("consent_at"),
                row.integer("templates"));
    }

    @Override
    public Changing change(UserId userId, PersonChange change, String modelId, Change by) {
        AnswerRow answer = AnswerRow.of(
                "change_person",
                functions.call(FunctionCall.writesOnce("change_person")
                        .with("p_user_id", userId.value())
                        .with("p_change", json(change))
                        .with("p_model", modelId)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
        String code = answer.text("code");
        return switch (code) {
            case "CHANGED" -> new Changing.Changed(person(answer.object("person")));
            case "NOT_ENROLLED" -> new Changing.NotEnrolled();
            case "UNKNOWN_SITE" -> new Changing.UnknownSite();
            case "EXTERNAL_ID_TAKEN" -> new Changing.ExternalIdTaken(new UserId(answer.text("user_id")));
            default -> throw new IllegalStateException("change_person returned " + code);
        };
    }

    private static ObjectNode json(PersonChange change) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (change.name() != null) {
            json.put("name", change.name().value());
        }
        put(json, "group", change.group());
        put(json, "external_id", change.externalId());
        if (change.active() != null) {
            json.put("active", change.active());
        }
        put(json, "site", change.site());
        return json;
    }

    @Override
    public Optional<List<ListedTemplate>> templates(UserId userId) {
        JsonNode rows =
                functions.call(FunctionCall.reads("list_person_templates").with("p_user_id", userId.value()));
        if (rows.isNull()) {
            return Optional.empty();
        }
        return Optional.of(AnswerRow.list("list_person_templates", rows).stream()
                .map(row -> new ListedTemplate(
                        row.whole("id"),
                        row.text("model"),
                        row.number("quality"),
                        row.instant("created_at"),
                        row.textOrNull("sealed_with")))
                .toList());
    }

    @Override
    public TemplateDeletion deleteTemplate(UserId userId, long templateId, String modelId, Change by) {
        AnswerRow answer = AnswerRow.of(
                "delete_template",
                functions.call(FunctionCall.writes("delete_template")
                        .with("p_user_id", userId.value())
                        .with("p_id", templateId)
                        .with("p_model", modelId)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
        String code = answer.text("code");
        return switch (code) {
            case "DELETED" -> new TemplateDeletion.Deleted(answer.integer("templates"));
            case "NOT_ENROLLED" -> new TemplateDeletion.NotEnrolled();
            case "TEMPLATE_NOT_FOUND" -> new TemplateDeletion.NoSuchTemplate();
            default -> throw new IllegalStateException("delete_template returned " + code);
        };
    }

    @Override
    public Optional<List<LookAlike>> lookAlikes(UserId userId) {
        return lookAlikes(
                "list_look_alikes",
                functions.call(FunctionCall.reads("list_look_alikes").with("p_user_id", userId.value())));
    }

    @Override
    public Declaring declareLookAlikes(UserId userId, UserId other, Change by) {
        AnswerRow answer = AnswerRow.of(
                "declare_look_alikes",
                functions.call(FunctionCall.writesOnce("declare_look_alikes")
                        .with("p_user_id", userId.value())
                        .with("p_other_id", other.value())
                        .with("p_most", MOST_LOOK_ALIKES)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
        String code = answer.text("code");
        return switch (code) {
            case "DECLARED" ->
                new Declaring.Declared(lookAlikes("declare_look_alikes", answer.field("look_alikes"))
                        .orElse(List.of()));
            case "NOT_ENROLLED" -> new Declaring.NotEnrolled();
            case "OTHER_NOT_ENROLLED" -> new Declaring.OtherNotEnrolled();
            case "TOO_MANY" -> new Declaring.TooMany();
            default -> throw new IllegalStateException("declare_look_alikes returned " + code);
        };
    }

    @Override
    public Optional<List<LookAlike>> withdrawLookAlikes(UserId userId, UserId other, Change by) {
        return lookAlikes(
                "withdraw_look_alikes",
                functions.call(FunctionCall.writesOnce("withdraw_look_alikes")
                        .with("p_user_id", userId.value())
                        .with("p_other_id", other.value())
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
    }

    private static Optional<List<LookAlike>> lookAlikes(String function, JsonNode rows) {
        return rows.isNull()
                ? Optional.empty()
                : Optional.of(AnswerRow.list(function, rows).stream()
                        .map(row -> new LookAlike(
                                new UserId(row.text("user_id")), row.text("name"), row.instant("declared_at")))
                        .toList());
    }
}
