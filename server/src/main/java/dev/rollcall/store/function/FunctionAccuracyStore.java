package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.engine.Embedding;
import dev.rollcall.recognition.accuracy.AccuracyStore;
import dev.rollcall.recognition.accuracy.OwnMarks;
import dev.rollcall.store.function.TemplateSeal.Owner;
import dev.rollcall.store.function.TemplateSeal.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the estimate of accuracy needs of a database, over its functions. Safe for use by several threads. */
public final class FunctionAccuracyStore implements AccuracyStore {

    private static final double MILLISECONDS = 1000.0;

    private final DatabaseFunctions functions;
    private final TemplateSeal seal;

    /**
     * Creates one.
     *
     * @param seal how templates are stored
     */
    public FunctionAccuracyStore(DatabaseFunctions functions, TemplateSeal seal) {
        this.functions = functions;
        this.seal = seal;
    }

    @Override
    public Sites sites() {
        AnswerRow answer =
                AnswerRow.of("list_site_thresholds", functions.call(FunctionCall.reads("list_site_thresholds")));
        List<SiteRow> sites = answer.list("sites").stream()
                .map(site -> new SiteRow(
                        site.text("site"),
                        site.flag("own_people"),
                        site.numberOrNull("target_error_rate"),
                        site.numberOrNull("threshold")))
                .toList();
        return new Sites(answer.whole("change"), sites);
    }

    @Override
    public List<EnrolledTemplates> people(String modelId, @Nullable String site, @Nullable Long after, int limit) {
        JsonNode rows = functions.call(FunctionCall.reads("list_people_at_random")
                .with("p_model", modelId)
                .with("p_site", site)
                .with("p_after", after)
                .with("p_limit", limit));
        List<EnrolledTemplates> people = new ArrayList<>();
        for (AnswerRow row : AnswerRow.list("list_people_at_random", rows)) {
            String userId = row.text("user_id");
            Owner owner = new Owner(userId, modelId);
            List<Embedding> templates = row.list("templates").stream()
                    .map(template -> seal.open(sealed(template), owner))
                    .toList();
            people.add(
                    new EnrolledTemplates(row.whole("place"), userId, templates, Set.copyOf(row.texts("look_alikes"))));
        }
        return people;
    }

    private static Sealed sealed(AnswerRow template) {
        return new Sealed(HexFormat.of().parseHex(template.text("embedding")), template.textOrNull("sealed_with"));
    }

    @Override
    public OwnMarks marks(String site, Instant since, int most, List<Double> thresholds) {
        AnswerRow counts = AnswerRow.of(
                "count_marks_below",
                functions.call(FunctionCall.reads("count_marks_below")
                        .with("p_site", site)
                        .with("p_since", since)
                        .with("p_most", most)
                        .with("p_similarities", Json.MAPPER.valueToTree(thresholds))));
        List<OwnMarks.Below> below = counts.list("below").stream()
                .map(row -> new OwnMarks.Below(row.whole("marks"), row.integer("people")))
                .toList();
        return new OwnMarks(counts.whole("marks"), counts.integer("people"), since, below);
    }

    @Override
    public boolean moveThreshold(Move move) {
        return functions
                .call(FunctionCall.writes("move_threshold")
                        .with("p_site", move.site())
                        .with("p_from", move.from())
                        .with("p_to", move.to())
                        .with("p_unchanged_seconds", move.unchangedFor().toMillis() / MILLISECONDS)
                        .with("p_at", move.at())
                        .with("p_caller", Json.json(move.caller()))
                        .with("p_reason", Json.MAPPER.valueToTree(move.reason())))
                .asBoolean();
    }
}
