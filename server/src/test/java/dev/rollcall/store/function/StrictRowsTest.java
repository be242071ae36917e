package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.outcome.StoreHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A missing or renamed column of a row of any kind is reported by its name. */
class StrictRowsTest {

    @TestFactory
    Stream<DynamicTest> everyField_mustBeThere() {
        return kinds().map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
            JsonNode whole = parse(kind.json());
            assertThatCode(() -> kind.reader().accept(new Fixed(whole))).doesNotThrowAnyException();
            List<String> fields = new ArrayList<>();
            collect(parse(kind.json()), fields);
            fields.removeAll(kind.unread());
            for (String field : fields) {
                JsonNode renamed = parse(kind.json().replace("'" + field + "':", "'renamed_" + field + "':"));
                assertThatThrownBy(() -> kind.reader().accept(new Fixed(renamed)))
                        .as(field)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(field + " is missing");
            }
        }));
    }

    private static Stream<RowKind> kinds() {
        return Stream.of(
                        PeopleRowKinds.all(),
                        MarkRowKinds.all(),
                        ScheduleRowKinds.all(),
                        WebhookRowKinds.all(),
                        ServiceRowKinds.all())
                .flatMap(List::stream);
    }

    private static JsonNode parse(String json) {
        try {
            return Json.MAPPER.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void collect(JsonNode json, List<String> names) {
        if (json instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(names::add);
        }
        json.forEach(child -> collect(child, names));
    }

    /** Functions that all return the same. */
    private record Fixed(JsonNode answer) implements DatabaseFunctions {

        @Override
        public JsonNode call(FunctionCall call) {
            return answer;
        }

        @Override
        public TemplatePage templates(String modelId, long afterId, int limit) {
            return TemplatePage.of(answer);
        }

        @Override
        public ChangePage changedTemplates(String modelId, long afterChange, int limit) {
            return ChangePage.of(answer);
        }

        @Override
        public String kind() {
            return "fixed";
        }

        @Override
        public int schemaVersion() {
            return Schema.VERSION;
        }

        @Override
        public Optional<StoreHealth.Problem> problem() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
