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
 * @param slow whether it may take minutes
 * @param arguments by parameter name; each null, a string, a number, a boolean or JSON
 */
public record FunctionCall(String function, Effect effect, boolean slow, Map<String, @Nullable Object> arguments) {

    public FunctionCall {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** What carrying a call out twice does. */
    public enum Effect {
        /** Nothing is written. */
        READS,
        /** The second time changes nothing and returns the same. */
        WRITES_ONCE,
        /** The second time writes again. */
        WRITES;

        /** Whether a call whose result was lost may be made again. */
        public boolean repeatable() {
            return this != WRITES;
        }
    }

    public static FunctionCall reads(String function) {
        return new FunctionCall(function, Effect.READS, false, Map.of());
    }

    static FunctionCall writesOnce(String function) {
        return new FunctionCall(function, Effect.WRITES_ONCE, false, Map.of());
    }

    static FunctionCall writes(String function) {
        return new FunctionCall(function, Effect.WRITES, false, Map.of());
    }

    /** This call with one more argument. */
    public FunctionCall with(String parameter, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(arguments);
        more.put(parameter, plain(value));
        return new FunctionCall(function, effect, slow, more);
    }

    /** This call, with permission to take minutes. */
    FunctionCall slowly() {
        return new FunctionCall(function, effect, true, arguments);
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
