package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of one of the schema's functions.
 *
 * @param function its name
 * @param effect what carrying it out twice does
 * @param arguments by parameter name; each null, a string, a number, a boolean or JSON
 */
public record FunctionCall(String function, Effect effect, Map<String, @Nullable Object> arguments) {

    public FunctionCall {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** What carrying a call out twice does. */
    public enum Effect {
        /** Nothing is written. */
        READS,
        /** The second time changes nothing and answers the same. */
        WRITES_ONCE,
        /** The second time writes again. */
        WRITES;

        /** Whether a call whose answer was lost may simply be made again. */
        public boolean repeatable() {
            return this != WRITES;
        }
    }

    static FunctionCall reads(String function) {
        return new FunctionCall(function, Effect.READS, Map.of());
    }

    static FunctionCall writesOnce(String function) {
        return new FunctionCall(function, Effect.WRITES_ONCE, Map.of());
    }

    static FunctionCall writes(String function) {
        return new FunctionCall(function, Effect.WRITES, Map.of());
    }

    /** This call with one more argument. */
    FunctionCall with(String parameter, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(arguments);
        more.put(parameter, plain(value));
        return new FunctionCall(function, effect, more);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Instant || value instanceof LocalDate) {
            return value.toString();
        }
        if (value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof JsonNode
                || value instanceof String) {
            return value;
        }
        throw new IllegalArgumentException("no argument of a function: " + value.getClass());
    }
}
