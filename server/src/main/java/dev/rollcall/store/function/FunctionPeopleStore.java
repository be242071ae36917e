package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.people.MonthlySheets;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.UserId;
import dev.rollcall.store.function.TemplateSeal.Owner;
import dev.rollcall.store.function.TemplateSeal.Sealed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** People and templates in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionPeopleStore implements PeopleStore {

    private static final int TEMPLATES_AT_ONCE = 250;

    /** The parts of what is held about a person, in the order of an export. */
    static final List<String> EXPORTED = List.of(
            "person",
            "templates",
            "attendance",
            "corrections",
            "correction_requests",
            "shift_assignments",
            "events",
            "answers",
            "imports",
            "phones",
            "phone_links",
            "audit");

    /** The part of an export that is reckoned. */
    static final String SHEETS = "sheets";

    private final DatabaseFunctions functions;
    private final TemplateSeal seal;
    private final MonthlySheets sheets;

    FunctionPeopleStore(DatabaseFunctions functions, TemplateSeal seal) {
        this(functions, seal, MonthlySheets.NONE);
    }

    private FunctionPeopleStore(DatabaseFunctions functions, TemplateSeal seal, MonthlySheets sheets) {
        this.functions = functions;
        this.seal = seal;
        this.sheets = sheets;
    }

    /** The same store, whose exports have sheets. */
    public FunctionPeopleStore exporting(MonthlySheets months) {
        return new FunctionPeopleStore(functions, seal, months);
    }

    /**
     * Makes sure that the keys are the right ones.
     *
     * @param seal how templates are stored
     * @throws StoreSetupException if there are templates that it can't open
     */
    public static FunctionPeopleStore open(DatabaseFunctions functions, TemplateSeal seal) {
        Set<String> used = new TreeSet<>();
        functions.call(FunctionCall.reads("count_template_keys")).fieldNames().forEachRemaining(used::add);
        used.remove("");
        seal.check(used);
        return new FunctionPeopleStore(functions, seal);
    }

    @Override
    public Optional<Person> find(UserId userId, String modelId) {
        JsonNode found = functions.call(FunctionCall.reads("find_person")
                .with("p_user_id", userId.value())
                .with("p_model", modelId));
        if (found.isNull()) {
            return Optional.empty();
        }
        AnswerRow person = AnswerRow.of("find_person", found);
        Owner owner = new Owner(userId.value(), modelId);
        List<Embedding> templates = new ArrayList<>();
        person.list("templates").forEach(template -> templates.add(seal.open(sealed(template), owner)));
        return Optional.of(new Person(
                userId,
                person.text("name"),
                person.flag("active"),
                person.textOrNull("site"),
                person.texts("look_alikes").stream().map(UserId::new).collect(Collectors.toSet()),
                templates));
    }

    @Override
    public Written enroll(NewTemplate wanted) {
        Template template = wanted.template();
        Identity identity = wanted.identity();
        Sealed sealed =
                seal.seal(template.embedding(), new Owner(identity.userId().value(), template.modelId()));
        JsonNode answer = functions.call(FunctionCall.writes("enroll_person")
                .with("p_user_id", identity.userId().value())
                .with("p_name", identity.name().value())
                .with("p_consent_at", identity.consentAt())
                .with("p_model", template.modelId())
                .with("p_embedding", HexFormat.of().formatHex(sealed.bytes()))
                .with("p_sealed_with", sealed.sealedWith())
                .with("p_quality", template.quality())
                .with("p_at", template.at())
                .with("p_replace", wanted.keep().replace())
                .with("p_seen", Json.MAPPER.valueToTree(wanted.keep().seen()))
                .with("p_removed", Json.MAPPER.valueToTree(wanted.keep().removed()))
                .with("p_checked_up_to", wanted.checkedUpTo())
                .with("p_look_alike", json(wanted.lookAlike()))
                .with("p_caller", Json.json(wanted.caller())));
        AnswerRow row = AnswerRow.of("enroll_person", answer);
        return switch (row.text("code")) {
            case "ENROLLED" -> new Written.Enrolled(row.integer("templates"));
            case "OTHER_TEMPLATES" -> new Written.OtherTemplates();
            case "KEY_REVOKED" -> new Written.RevokedKey();
            default -> throw new IllegalStateException("enroll_person returned " + row.text("code"));
        };
    }

    private static @Nullable JsonNode json(@Nullable LookAlike lookAlike) {
        return lookAlike == null
                ? null
                : Json.MAPPER
                        .createObjectNode()
                        .put("rival_user_id", lookAlike.userId().value())
                        .put("rival_similarity", lookAlike.similarity())
                        .put("rival_confidence", lookAlike.confidence());
    }

    @Override
    public List<StoredTemplate> templates(UserId userId, String modelId) {
        JsonNode rows = functions.call(FunctionCall.reads("find_templates")
                .with("p_user_id", userId.value())
                .with("p_model", modelId));
        Owner owner = new Owner(userId.value(), modelId);
        List<StoredTemplate> templates = new ArrayList<>();
        for (AnswerRow row : AnswerRow.list("find_templates", rows)) {
            templates.add(new StoredTemplate(
                    row.whole("id"),
                    seal.open(sealed(row), owner),
                    (float) row.number("quality"),
                    row.instant("created_at")));
        }
        return templates;
    }

    @Override
    public long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor) {
        long last = afterId;
        TemplatePage page;
        do {
            page = functions.templates(modelId, last, TEMPLATES_AT_ONCE);
            page.show(modelId, seal, visitor);
            last = page.last().orElse(last);
        } while (page.size() == TEMPLATES_AT_ONCE);
        return last;
    }

    @Override
    public TemplateChanges changesAfter(String modelId, long change, int limit) {
        return functions.changedTemplates(modelId, change, limit).changes(modelId, seal, change, limit);
    }

    @Override
    public Optional<Erasure> erase(UserId userId, Instant at, KeptMarks kept, Caller caller) {
        JsonNode done = functions.call(FunctionCall.writes("erase_person")
                .with("p_user_id", userId.value())
                .with("p_at", at)
                .with("p_pseudonymise", kept == KeptMarks.PSEUDONYMISE)
                .with("p_caller", Json.json(caller)));
        return done.isNull() ? Optional.empty() : Optional.of(erasure(AnswerRow.of("erase_person", done)));
    }

    private static Erasure erasure(AnswerRow done) {
        return new Erasure(
                done.integer("templates_removed"),
                done.integer("answers_removed"),
                done.integer("marks_kept"),
                done.integer("marks_pseudonymised"),
                done.integer("audit_entries_kept"));
    }

    @Override
    public Optional<String> export(UserId userId, Instant at, Caller caller) {
        JsonNode answer = functions.call(FunctionCall.writes("export_person")
                .with("p_user_id", userId.value())
                .with("p_at", at)
                .with("p_caller", Json.json(caller)));
        if (answer.isNull()) {
            return Optional.empty();
        }
        AnswerRow held = AnswerRow.of("export_person", answer);
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("user_id", userId.value())
                .put("exported_at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        for (String part : EXPORTED) {
            all.set(part, held.field(part));
        }
        held.field("templates").forEach(template -> inTheClear((ObjectNode) template, userId));
        all.set(
                SHEETS,
                Json.MAPPER.valueToTree(held.list("attendance").stream()
                        .map(mark -> mark.date("work_date"))
                        .min(Comparator.naturalOrder())
                        .map(first -> sheets.since(userId, first))
                        .orElse(List.of())));
        return Optional.of(all.toPrettyString());
    }

    /** Replaces a template's stored form by its numbers. */
    private void inTheClear(ObjectNode template, UserId userId) {
        AnswerRow row = AnswerRow.of("export_person", template);
        Sealed sealed = sealed(row);
        Embedding embedding = seal.open(sealed, new Owner(userId.value(), row.text("model")));
        template.put("encrypted", sealed.sealedWith() != null).remove("sealed_with");
        ArrayNode numbers = template.putArray("embedding");
        for (float number : embedding.components()) {
            numbers.add(number);
        }
    }

    @Override
    public Held count() {
        AnswerRow counts = AnswerRow.of("count_held", functions.call(FunctionCall.reads("count_held")));
        return new Held(counts.whole("people"), counts.whole("templates"));
    }

    @Override
    public long reseal(Instant at, Caller caller) {
        long all = 0;
        long last = 0;
        List<AnswerRow> page;
        do {
            page = AnswerRow.list(
                    "list_templates_to_reseal",
                    functions.call(FunctionCall.reads("list_templates_to_reseal")
                            .with("p_sealed_with", seal.keyId())
                            .with("p_after", last)
                            .with("p_limit", TEMPLATES_AT_ONCE)));
            ArrayNode rows = Json.MAPPER.createArrayNode();
            for (AnswerRow template : page) {
                rows.add(resealed(template));
                last = template.whole("id");
            }
            if (!rows.isEmpty()) {
                all += functions
                        .call(FunctionCall.writesOnce("reseal_templates")
                                .with("p_rows", rows)
                                .with("p_at", at)
                                .with("p_caller", Json.json(caller)))
                        .asLong();
            }
        } while (page.size() == TEMPLATES_AT_ONCE);
        return all;
    }

    private ObjectNode resealed(AnswerRow template) {
        Owner owner = new Owner(template.text("user_id"), template.text("model"));
        Sealed before = sealed(template);
        Sealed after = seal.seal(seal.open(before, owner), owner);
        return Json.MAPPER
                .createObjectNode()
                .put("id", template.whole("id"))
                .put("was_sealed_with", before.sealedWith())
                .put("embedding", HexFormat.of().formatHex(after.bytes()))
                .put("sealed_with", after.sealedWith());
    }

    private static Sealed sealed(AnswerRow template) {
        return new Sealed(HexFormat.of().parseHex(template.text("embedding")), template.textOrNull("sealed_with"));
    }
}
