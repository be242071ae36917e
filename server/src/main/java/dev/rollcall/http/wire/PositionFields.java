package dev.rollcall.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.sites.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The numbers of a position in a request, and their ranges. The methods throw {@link RefusedException} when one is missing or invalid. */
final class PositionFields {

    /** The field of an object with the numbers, in JSON; a form has them as fields of their own. */
    static final String POSITION = "position";

    /** The names of the numbers. */
    static final Set<String> NUMBERS = Set.of("latitude", "longitude", "accuracy_m");

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}(\\.\\d{1,20})?([eE][+-]?\\d{1,2})?");
    private static final double GREATEST_ACCURACY_M = 1e8;

    private PositionFields() {}

    /**
     * The position of the numbers' texts.
     *
     * @param texts by the names of the fields; others than those of a position are not read
     */
    static Position position(Map<String, String> texts) {
        return new Position(
                number(texts, "latitude", -90, 90),
                number(texts, "longitude", -180, 180),
                number(texts, "accuracy_m", 0, GREATEST_ACCURACY_M));
    }

    /** The position of an object in JSON. */
    static Position position(JsonNode json) {
        if (!json.isObject()) {
            throw notAnObject();
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            checkName(field.getKey());
            if (!field.getValue().isNumber()) {
                throw notANumber(field.getKey());
            }
            texts.put(field.getKey(), field.getValue().asText());
        }
        return position(texts);
    }

    /** Refuses a field that a position hasn't. */
    static void checkName(String field) {
        if (!NUMBERS.contains(field)) {
            throw RefusedException.invalid(POSITION, "position has latitude, longitude and accuracy_m alone");
        }
    }

    static RefusedException notAnObject() {
        return RefusedException.invalid(POSITION, "position must be an object");
    }

    static RefusedException notANumber(String field) {
        return RefusedException.invalid(POSITION, field + " of position must be a number");
    }

    private static double number(Map<String, String> texts, String field, double least, double most) {
        String text = texts.getOrDefault(field, "");
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw RefusedException.invalid(
                    POSITION,
                    "position must have latitude (-90 to 90), longitude (-180 to 180) and accuracy_m (0 or more),"
                            + " which are numbers");
        }
        return number;
    }
}
